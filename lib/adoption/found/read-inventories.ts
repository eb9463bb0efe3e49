import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Granted } from '../../aws/answer';
import { refusalOf } from '../../aws/ask';
import type { ControlPlane } from '../../aws/control-plane';
import { parseStrictJson } from '../../json-shape';
import type { OwnedBucket } from '../../verify/operator/live/live-environment';
import { type Read, readPages } from '../../verify/operator/live/read';
import type { Found, FoundInventory, InventoryList } from './found';
import { createListCount } from './inventory-list';
import { inventoryManifest } from './schema';

type S3 = ControlPlane['s3'];
type Page = Extract<Awaited<ReturnType<S3['listBucketInventoryConfigurations']>>, Granted<unknown>>['value'];
type Configuration = NonNullable<Page['InventoryConfigurationList']>[number];

interface Place {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string;
}

/** A list that is not read, and why. */
class Unread extends Error {}

/** The lists of objects that S3 writes of a bucket, and what the newest of each counts. */
export async function readInventories(s3: S3, bucket: OwnedBucket): Promise<Found['inventories']> {
  const call = 'ListBucketInventoryConfigurations';
  const { answer } = await readPages(
    call,
    (token) => s3.listBucketInventoryConfigurations({ ...bucket, ...(token && { ContinuationToken: token }) }),
    ({ InventoryConfigurationList: items = [], NextContinuationToken: next }) => ({ items, next }),
  );
  if (!answer.ok) return { call, answer };
  const found: FoundInventory[] = [];
  for (const one of answer.value) {
    const { name, list } = await readInventory(s3, bucket.Bucket, one);
    found.push({ name, list, isEnabled: one.IsEnabled !== false });
  }
  return { call, answer: { ...answer, value: found } };
}

async function readInventory(
  s3: S3,
  source: string,
  { Id = '', Destination }: Configuration,
): Promise<Omit<FoundInventory, 'isEnabled'>> {
  const { Bucket: arn = '', Prefix = '', AccountId } = Destination?.S3BucketDestination ?? {};
  const name = `${Id} to ${arn}`;
  const place = {
    Bucket: arn.replace(/^.*:::/, ''),
    ...(AccountId !== undefined && { ExpectedBucketOwner: AccountId }),
  };
  const folder = [...(Prefix === '' ? [] : [Prefix.replace(/\/$/, '')]), source, Id, ''].join('/');
  const dated = await readPages(
    'ListObjectsV2',
    (token) =>
      s3.listObjectsV2({ ...place, Prefix: folder, Delimiter: '/', ...(token && { ContinuationToken: token }) }),
    ({ CommonPrefixes = [], NextContinuationToken: next }) => ({
      items: CommonPrefixes.flatMap(({ Prefix: one = '' }) =>
        /\/\d{4}-\d\d-\d\dT\d\d-\d\dZ\/$/.test(one) ? [one] : [],
      ),
      next,
    }),
  );
  if (!dated.answer.ok) return { name, list: { call: dated.call, answer: dated.answer } };
  const newest = [...dated.answer.value].sort().at(-1);
  if (newest === undefined) return { name, list: granted('S3 has not written it yet') };
  try {
    return { name, list: granted(await readList(s3, { place, source, manifest: `${newest}manifest.json` })) };
  } catch (error) {
    if (error instanceof Unread) return { name, list: granted(error.message) };
    return { name, list: { call: 'GetObject', answer: refusalOf(error) } };
  }
}

interface Finding {
  readonly place: Place;
  readonly source: string;
  readonly manifest: string;
}

/** @throws {Error} a refusal, as clients of the SDK do; `Unread` where the list is none that is read here */
async function readList(s3: S3, { place, source, manifest: Key }: Finding): Promise<InventoryList> {
  const manifest = inventoryManifest.parse(parseStrictJson(await text(await open(s3, { ...place, Key }))));
  const { sourceBucket, creationTimestamp, fileFormat, fileSchema, files } = manifest;
  if (sourceBucket !== source) throw new Unread(`${Key} is about another bucket, ${sourceBucket}`);
  if (fileFormat !== 'CSV') throw new Unread(`it is written as ${fileFormat}, of which nothing is read here`);
  if (!/\bEncryptionStatus\b/.test(fileSchema)) throw new Unread('it has no field EncryptionStatus');
  const count = createListCount(fileSchema);
  let isWhole = true;
  for (const { key } of files) isWhole &&= await count.addFile(await open(s3, { ...place, Key: key }));
  return { writtenAt: new Date(Number(creationTimestamp)), isCutOff: !isWhole, groups: count.groups() };
}

async function open(s3: S3, object: Place & { readonly Key: string }): Promise<Readable> {
  const answer = await s3.getObject(object);
  if (answer.ok) return answer.value.Body as Readable;
  throw Object.assign(new Error(`${answer.message} (${object.Key})`), {
    ...{ name: answer.code, Code: answer.code },
    $metadata: { httpStatusCode: answer.status, requestId: answer.requestId },
  });
}

function granted<T>(value: T): Read<T> {
  return { call: 'GetObject', answer: { ok: true, value, status: undefined, requestId: undefined } };
}
