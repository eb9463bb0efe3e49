import { forbiddenActs, type ProtectedData } from '../../lib/policy/permission-profile';

const TARGET = {
  partition: 'aws',
  region: 'us-east-2',
  account: '111122223333',
  name: 'acme',
  bucket: 'acme-vault',
  rolePath: '/',
};
const FOREIGN = { ...TARGET, host: { kind: 'existing-role', role: 'arn:aws:iam::444455556666:role/vault' } };
const ofTheLeast = forbiddenActs(TARGET, { method: 'AES-256' }, ['backup', 'versioning']);

test.each<{ name: string; target?: typeof TARGET; data: ProtectedData; more: readonly string[] }>([
  { name: 'AES-256', data: { method: 'AES-256' }, more: [] },
  { name: 'AWS-KMS', data: { method: 'AWS-KMS' }, more: ['wrong-key', 'direct-key-use', 'create-grant'] },
  { name: 'a role of another account', target: FOREIGN, data: { method: 'AES-256' }, more: ['key-left-out'] },
  {
    name: 'a lock',
    data: { method: 'AES-256', objectLock: { ended: false } },
    more: ['change-retention', 'bypass-retention'],
  },
  {
    name: 'a lock that ended, which locks no version to try it on',
    data: { method: 'AES-256', objectLock: { ended: true } },
    more: ['change-retention'],
  },
])('with $name the role must not do $more besides', ({ target = TARGET, data, more }) => {
  const acts = forbiddenActs(target, data, ['backup', 'versioning']);
  expect(acts.filter((act) => !ofTheLeast.includes(act))).toEqual(more);
  expect(acts).toEqual(expect.arrayContaining([...ofTheLeast]));
});
