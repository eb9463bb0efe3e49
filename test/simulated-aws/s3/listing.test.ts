import fc from 'fast-check';
import { importBucket } from '../../../lib/simulated-aws/s3';
import { readXml, type XmlElement } from '../../../lib/simulated-aws/wire/xml/xml';
import { runsOf } from '../../support/property-runs';
import { Account } from './account';

// Every listing, page by page, against the list that AWS's pages describe, made the slow way.

/** Keys that collate otherwise in UTF-16, that hold the delimiter, and that are prefixes of each other. */
const key = fc
  .array(fc.constantFrom('a', 'b', '/', '//', 'é', '\uFF61', '𝒳', ' ', '+'), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join(''));

const query = fc.record({
  keys: fc.uniqueArray(key, { maxLength: 12 }),
  prefix: fc.constantFrom('', 'a', 'a/', '/', 'é'),
  delimiter: fc.constantFrom('', '/', 'a/', 'é'),
  limit: fc.integer({ min: 1, max: 4 }),
});
const run = { seed: 20_261_125, numRuns: runsOf(60) };

interface Wanted {
  readonly prefix: string;
  readonly delimiter: string;
}

/** Keys and common prefixes with the prefix, in the order of their UTF-8 bytes, each once. */
function expected(keys: readonly string[], { prefix, delimiter }: Wanted): readonly string[] {
  const names = keys
    .filter((name) => name.startsWith(prefix))
    .map((name) => {
      const at = delimiter === '' ? -1 : name.indexOf(delimiter, prefix.length);
      return at < 0 ? name : `${name.slice(0, at + delimiter.length)}…`;
    });
  const distinct = [...new Set(names)];
  return distinct.sort((left, right) => Buffer.compare(bytesOf(left), bytesOf(right)));
}

const bytesOf = (name: string) => Buffer.from(name.replace('…', ''));
const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
const textOf = (element: XmlElement | undefined, name: string) =>
  element?.children.find((child) => child.name === name)?.text;

/** The keys and, with an ellipsis behind them, the common prefixes of a page, in their common order. */
function namesOn(page: XmlElement, entries: readonly string[]): readonly string[] {
  const names = page.children.flatMap((child) => {
    if (entries.includes(child.name)) return [textOf(child, 'Key') ?? ''];
    return child.name === 'CommonPrefixes' ? [`${textOf(child, 'Prefix')}…`] : [];
  });
  return [...names].sort((left, right) => Buffer.compare(bytesOf(left), bytesOf(right)));
}

interface Listing {
  readonly name: string;
  readonly parameters: string;
  readonly limit: string;
  readonly entries: readonly string[];
  /** The next request, by the page before. */
  readonly next: (page: XmlElement, last: string) => Readonly<Record<string, string | undefined>>;
}

const listings: readonly Listing[] = [
  {
    name: 'ListObjects',
    parameters: '',
    limit: 'max-keys',
    entries: ['Contents'],
    next: (page, last) => ({ marker: textOf(page, 'NextMarker') ?? last }),
  },
  {
    name: 'ListObjectsV2',
    parameters: 'list-type=2&',
    limit: 'max-keys',
    entries: ['Contents'],
    next: (page) => ({ 'continuation-token': textOf(page, 'NextContinuationToken') }),
  },
  {
    name: 'ListObjectVersions',
    parameters: 'versions=&',
    limit: 'max-keys',
    entries: ['Version', 'DeleteMarker'],
    next: (page) => ({
      'key-marker': textOf(page, 'NextKeyMarker'),
      'version-id-marker': textOf(page, 'NextVersionIdMarker'),
    }),
  },
  {
    name: 'ListMultipartUploads',
    parameters: 'uploads=&',
    limit: 'max-uploads',
    entries: ['Upload'],
    next: (page) => ({
      'key-marker': textOf(page, 'NextKeyMarker'),
      'upload-id-marker': textOf(page, 'NextUploadIdMarker'),
    }),
  },
];

class Bucket {
  readonly account = new Account();

  constructor() {
    importBucket(this.account.state, 'acme');
  }

  send(method: string, target: string, body = ''): string {
    const answer = this.account.send({ method, target, body });
    if (answer.status >= 300) throw new Error(answer.body);
    return answer.body;
  }

  fill(keys: readonly string[], isUpload: boolean): void {
    const [method, query] = isUpload ? ['POST', '?uploads='] : ['PUT', ''];
    for (const name of keys) this.send(method, `/acme/${name.split('/').map(encoded).join('/')}${query}`);
  }

  /** Every page until the last; a page says itself whether it is that. */
  pages({ parameters, limit: parameter, next, entries }: Listing, { prefix, delimiter }: Wanted, limit: number) {
    const pages: XmlElement[] = [];
    let more: Readonly<Record<string, string | undefined>> = {};
    for (let isTruncated = true; isTruncated; ) {
      const asked = { prefix, delimiter, [parameter]: String(limit), ...more };
      const present = Object.entries(asked).filter(([, value]) => value !== undefined && value !== '');
      const text = present.map(([name, value]) => `${name}=${encoded(value ?? '')}`).join('&');
      const page = readXml(this.send('GET', `/acme?${parameters}${text}`));
      pages.push(page);
      isTruncated = textOf(page, 'IsTruncated') === 'true';
      more = next(page, namesOn(page, entries).at(-1) ?? '');
      if (pages.length > 50) throw new Error('the listing does not end');
    }
    return pages;
  }
}

describe.each(listings)('$name', (listing) => {
  test('lists everything once, in UTF-8 order, on full pages', () => {
    fc.assert(
      fc.property(query, ({ keys, limit, ...wanted }) => {
        const bucket = new Bucket();
        bucket.fill(keys, listing.name === 'ListMultipartUploads');
        const pages = bucket.pages(listing, wanted, limit).map((page) => namesOn(page, listing.entries));
        const all = expected(keys, wanted);
        const full = Array.from({ length: Math.max(1, Math.ceil(all.length / limit)) }, (_unused, index) =>
          all.slice(index * limit, (index + 1) * limit),
        );
        expect(pages).toEqual(full);
      }),
      run,
    );
  });
});

test('versions are listed newest first, across pages, with delete markers among them', () => {
  const bucket = new Bucket();
  bucket.send(
    'PUT',
    '/acme?versioning=',
    '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>',
  );
  bucket.fill(['b', 'a', 'b', 'a', 'b'], false);
  bucket.send('DELETE', '/acme/b');
  const [, , listing] = listings;
  const read = (limit: number) =>
    bucket
      .pages(listing as Listing, { prefix: '', delimiter: '' }, limit)
      .flatMap(({ children }) => children.filter(({ name }) => ['Version', 'DeleteMarker'].includes(name)))
      .map((entry) => [entry.name, textOf(entry, 'Key'), textOf(entry, 'IsLatest'), textOf(entry, 'VersionId')]);
  const whole = read(1000);
  expect(whole.map(([kind, name, isLatest]) => [kind, name, isLatest])).toEqual([
    ['Version', 'a', 'true'],
    ['Version', 'a', 'false'],
    ['DeleteMarker', 'b', 'true'],
    ['Version', 'b', 'false'],
    ['Version', 'b', 'false'],
    ['Version', 'b', 'false'],
  ]);
  for (const limit of [1, 2, 4, 5]) expect(read(limit)).toEqual(whole);
});

test('configurations with ids are listed a hundred at a time', () => {
  const bucket = new Bucket();
  const ids = Array.from({ length: 101 }, (_unused, index) => `id-${index}`);
  for (const id of ids) {
    bucket.send('PUT', `/acme?metrics=&id=${id}`, `<MetricsConfiguration><Id>${id}</Id></MetricsConfiguration>`);
  }
  const read = (token = '') => readXml(bucket.send('GET', `/acme?metrics=${token}`));
  const idsOn = (page: XmlElement) =>
    page.children.filter(({ name }) => name === 'MetricsConfiguration').map((one) => textOf(one, 'Id'));
  const first = read();
  const second = read(`&continuation-token=${encoded(textOf(first, 'NextContinuationToken') ?? '')}`);
  expect([idsOn(first).length, [...idsOn(first), ...idsOn(second)], textOf(second, 'IsTruncated')]).toEqual([
    100,
    [...ids].sort(),
    'false',
  ]);
});
