import { createBackupEnvironment, parseBackupEnvironment } from '../../lib/backup-environment';
import { differenceFromStack } from '../../lib/backup-environment/same-synthesis';
import { sumOfConfig } from '../../lib/backup-environment/sum';
import { AES_256_OUTPUT, AWS_KMS_OUTPUT, asVersion1 } from './example';

type Path = readonly (string | number)[];

const LOCKED = {
  ...AWS_KMS_OUTPUT,
  aws: {
    ...AWS_KMS_OUTPUT.aws,
    formerKeyArns: ['arn:aws:kms:us-east-2:111122223333:key/00000000-12ab-34cd-56ef-1234567890ab'],
    objectLock: { mode: 'GOVERNANCE' as const, retentionDays: 30 },
  },
};

const CONFIGS = [
  { name: 'AES-256', output: AES_256_OUTPUT },
  { name: 'AWS-KMS, a former key and Object Lock', output: LOCKED },
];

/** Every place of a document, the whole aside. */
function pathsOf(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inside]) => {
    const path = [...at, Array.isArray(value) ? Number(key) : key];
    return [path, ...pathsOf(inside, path)];
  });
}

/** The document with the value at the path taken out, or another in its place. */
function changed(document: object, [key = '', ...rest]: Path, value?: unknown): object {
  const copy = (Array.isArray(document) ? [...document] : { ...document }) as Record<string | number, unknown>;
  if (rest.length > 0) copy[key] = changed(copy[key] as object, rest, value);
  else if (value !== undefined) copy[key] = value;
  else if (Array.isArray(copy)) copy.splice(Number(key), 1);
  else delete copy[key];
  return copy;
}

/** Each cut and each other value of a document, with its name. */
function changesOf(document: object): readonly (readonly [string, object])[] {
  return pathsOf(document).flatMap((path) => [
    [`${path.join('.')} taken out`, changed(document, path)] as const,
    [`${path.join('.')} changed`, changed(document, path, otherThan(path, document))] as const,
  ]);
}

/** Another of the same kind, where there is one, so that only the sum finds it. */
function otherThan(path: Path, document: object): unknown {
  const value = path.reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], document);
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  if (typeof value !== 'string') return Array.isArray(value) ? [...value].reverse().concat(value) : {};
  if (value === 'AES-256' || value === 'AWS-KMS') return value === 'AES-256' ? 'AWS-KMS' : 'AES-256';
  return value.replace(/\w(?=\W*$)/, (last) => (last === 'a' ? 'b' : 'a'));
}

function stackOf(value: unknown) {
  return { output: { backup_environment: { value } } };
}

function configOf(output: typeof AES_256_OUTPUT) {
  return createBackupEnvironment(output, { text: JSON.stringify(stackOf(output)), file: 'cdk.tf.json' });
}

describe.each(CONFIGS)('a config with $name', ({ output }) => {
  const config = configOf(output);

  test('is read as it was written, whatever the order of its keys', () => {
    const turned = Object.fromEntries(Object.entries(config).reverse());
    expect(parseBackupEnvironment(JSON.stringify(turned, null, 7), 'x.json')).toEqual(config);
  });

  test('is refused with any key or entry taken out or changed', () => {
    const cuts = changesOf(config).filter(([name]) => name !== 'evidence.configSha256 taken out');
    expect(cuts.length).toBeGreaterThan(50);
    const read = cuts.filter(([, cut]) => {
      try {
        parseBackupEnvironment(JSON.stringify(cut), 'x.json');
        return true;
      } catch {
        return false;
      }
    });
    expect(read.map(([name]) => name)).toEqual([]);
  });

  test('differs from its stack with any key or entry taken out or changed, whatever sum it was given', () => {
    const unnoticed = changesOf(output).filter(([, cut]) => differenceFromStack(cut, stackOf(output)) === undefined);
    expect(unnoticed.map(([name]) => name)).toEqual([]);
  });
});

test('a changed config is refused with both sums, and with how to write it again', () => {
  const config = configOf(AES_256_OUTPUT);
  const cut = { ...config, permissions: { ...config.permissions, capabilities: ['backup'] } };
  expect(() => parseBackupEnvironment(JSON.stringify(cut), 'acme.json')).toThrow(
    expect.objectContaining({
      code: 'ConfigChanged',
      message:
        `'acme.json' must be as it was written (its 'evidence.configSha256' is ${config.evidence.configSha256}), got: a document whose sum is ${sumOfConfig(cut)}\n` +
        'Write it again with vault-env emit acme, and change the environment file instead',
    }),
  );
});

test.each([
  { name: 'of version 1', output: asVersion1(AES_256_OUTPUT) },
  { name: 'without a sum', output: AES_256_OUTPUT },
])('a config $name is read, and gets no sum from that', ({ output }) => {
  const evidence = { stackSha256: 'a'.repeat(64) };
  const read = parseBackupEnvironment(JSON.stringify({ ...output, evidence }), 'x.json');
  expect(read).toEqual({ ...AES_256_OUTPUT, evidence });
});

test.each([
  { found: 'arn:aws:kms:us-east-2:111122223333:key/1', isSame: true },
  { found: 'arn:aws:kms:us-east-2:444455556666:key/1', isSame: false },
  { found: 'arn:aws:kms:us-east-2:111122223333:key/', isSame: false },
  { found: undefined, isSame: false },
])('the text around a reference of the stack is compared: $found', ({ found, isSame }) => {
  const stack = stackOf({ keyArn: 'arn:aws:kms:us-east-2:111122223333:key/${aws_kms_key.backup.key_id}' });
  expect(differenceFromStack({ keyArn: found }, stack) === undefined).toBe(isSame);
});

test('the sum is that of RFC 8785, over all but itself', () => {
  const document = { b: [1, { d: 'é\n', c: null }], a: true, evidence: { stackSha256: 'x', configSha256: 'y' } };
  // printf '%s' '{"a":true,"b":[1,{"c":null,"d":"é\n"}],"evidence":{"stackSha256":"x"}}' | sha256sum
  expect(sumOfConfig(document)).toBe('3953a64ef13ce5e54e33a03d2ce66042474b71c6991932a7e56ecc9a6a1f76ac');
});
