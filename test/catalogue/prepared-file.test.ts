import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Catalogue, loadCatalogue } from '../../lib/catalogue';
import { prepareCatalogue } from '../../lib/catalogue/prepare';
import { type CatalogueData, PREPARED_FILE, tryReadPrepared } from '../../lib/catalogue/prepared-file';
import { readPackage } from '../../lib/catalogue/read-package';
import { summaryOf } from '../../lib/catalogue/summary';

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadCatalogue();
});

test('the prepared file is what `npm run catalogue` writes for the installed package', async () => {
  // Not compared by the matcher, which would print a million characters.
  expect(readFileSync(PREPARED_FILE, 'utf8') === (await prepareCatalogue())).toBe(true);
});

test('it says the same as the package, service by service', async () => {
  const prepared = tryReadPrepared(PREPARED_FILE, catalogue.version);
  const ofPackage = await readPackage(catalogue.services);
  expect(prepared?.globalConditionKeys).toEqual(ofPackage.globalConditionKeys);
  const said = (data: CatalogueData | undefined) => (service: string) =>
    JSON.stringify([data?.actionsOf(service), data?.summaryOf(service)]);
  const [ofFile, wanted] = [said(prepared), said(ofPackage)];
  expect(catalogue.services.filter((service) => ofFile(service) !== wanted(service))).toEqual([]);
  // Nor here: it compares 22,000 actions five times as slowly.
  expect(isDeepStrictEqual(catalogue.actions, catalogue.services.flatMap(ofPackage.actionsOf))).toBe(true);
  expect(catalogue.summary).toEqual(summaryOf(catalogue.actions));
});

describe('the package is read instead', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'catalogue-'));
    file = join(folder, 'prepared.jsonl');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const text = readFileSync(PREPARED_FILE, 'utf8');

  test.each([
    ['of another version', text.replace('"version":"', '"version":"1')],
    ['cut off within a line', text.slice(0, -2)],
    ['without its summaries', text.replace('"summaries":', '"summary":')],
    ['without its last service', text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1)],
    ['empty', ''],
  ])('of a file that is %s', (_, content) => {
    writeFileSync(file, content);
    expect(tryReadPrepared(file, catalogue.version)).toBeUndefined();
  });

  test('of a missing file', () => {
    expect(tryReadPrepared(file, catalogue.version)).toBeUndefined();
  });

  test('but not of an intact file', async () => {
    writeFileSync(file, text);
    const actions = tryReadPrepared(file, catalogue.version)?.actionsOf('sts');
    expect(actions).toEqual((await readPackage(['sts'])).actionsOf('sts'));
  });
});
