import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Objects that a list says are stored alike. */
export interface ListedGroup {
  /** As `HeadObject` calls it: `AES256`, `aws:kms`, `aws:kms:dsse`, `SSE-C`, `none`. */
  readonly method: string;
  /** Missing where the list does not say. */
  readonly bucketKey?: boolean;
  readonly count: number;
  /** Some of them, evenly among all. */
  readonly keys: readonly string[];
}

/**
 * What a list calls the methods.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory.html#storage-inventory-contents
 */
const METHODS: ReadonlyMap<string, string> = new Map([
  ['SSE-S3', 'AES256'],
  ['SSE-KMS', 'aws:kms'],
  ['DSSE-KMS', 'aws:kms:dsse'],
  ['SSE-C', 'SSE-C'],
  ['NOT-SSE', 'none'],
]);

/** Objects that are counted at most, of all files of a list. */
const MOST_ROWS = 1_000_000;
const KEYS_OF_EACH = 10;
const FIELD = /(?:^|,)(?:"((?:[^"]|"")*)"|([^,\r]*))/g;

/** Counts the current objects of a list, file by file. */
export function createListCount(fileSchema: string, mostRows = MOST_ROWS) {
  const columns = fileSchema.split(',').map((name) => name.trim());
  const groups = new Map<string, ReturnType<typeof createGroup>>();
  let rows = 0;
  /** Whether the line could still be counted. */
  const takes = (line: string): boolean => {
    if (line.trim() === '') return true;
    if (rows === mostRows) return false;
    rows += 1;
    const fields = [...line.matchAll(FIELD)].map(([, quoted, bare = '']) => quoted?.replaceAll('""', '"') ?? bare);
    const row = new Map(columns.map((name, index) => [name, fields[index] ?? '']));
    if (row.get('IsLatest') === 'false' || row.get('IsDeleteMarker') === 'true') return true;
    const status = row.get('EncryptionStatus') ?? '';
    const bucketKey = row.get('BucketKeyStatus');
    const name = `${status},${bucketKey}`;
    const group = groups.get(name) ?? createGroup(METHODS.get(status) ?? status, bucketKey);
    groups.set(name, group);
    group.add(decodeURIComponent((row.get('Key') ?? '').replaceAll('+', ' ')));
    return true;
  };
  return {
    /** Reads one gzipped file; `false` once there are more objects than are counted. */
    addFile: async (file: Readable): Promise<boolean> => {
      const unpacked = pipeline(file, createGunzip(), () => undefined).setEncoding('utf8');
      let rest = '';
      for await (const piece of unpacked) {
        const lines = `${rest}${piece}`.split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) if (!takes(line)) return false;
      }
      return takes(rest);
    },
    groups: (): readonly ListedGroup[] => [...groups.values()].map((group) => group.counted()),
  };
}

function createGroup(method: string, bucketKey: string | undefined) {
  const isTold = bucketKey !== undefined && bucketKey !== '';
  let count = 0;
  let step = 1;
  let keys: string[] = [];
  return {
    add: (key: string): void => {
      if (count % step === 0) keys.push(key);
      if (keys.length === 2 * KEYS_OF_EACH) {
        keys = keys.filter((_, index) => index % 2 === 0);
        step *= 2;
      }
      count += 1;
    },
    counted: (): ListedGroup => ({
      method,
      ...(isTold && { bucketKey: bucketKey === 'ENABLED' }),
      count,
      keys: keys.slice(0, KEYS_OF_EACH),
    }),
  };
}
