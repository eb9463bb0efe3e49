import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { madeThings, refusedSecond } from '../../lib/audit/diff/made-things';
import { parseInput } from '../../lib/audit/stack/parse-input';

const PLACE = { partition: 'aws', account: '111122223333', region: 'us-east-2' };
const planNamed = (name: string) =>
  parseInput(readFileSync(join(__dirname, '../fixtures/plans', `${name}.json`), 'utf8'), 'plan.json').changes;

describe('the things that a plan makes', () => {
  test('are those whose names are theirs alone', () => {
    expect(madeThings(planNamed('aws-kms'), PLACE).map(({ address, name }) => `${address} ${name}`)).toEqual([
      'aws_iam_instance_profile.vault vault-backup-aws-kms',
      'aws_iam_policy.kms arn:aws:iam::111122223333:policy/vault-backup-aws-kms-kms',
      'aws_iam_policy.s3 arn:aws:iam::111122223333:policy/vault-backup-aws-kms-s3',
      'aws_iam_role.vault vault-backup-aws-kms',
      'aws_kms_alias.backup alias/vault-backup-aws-kms',
      'aws_s3_bucket.backup example-vault-backup-aws-kms',
    ]);
  });

  test('are none where the state has them', () => {
    expect(madeThings(planNamed('unchanged'), PLACE)).toEqual([]);
  });

  const change = { address: 'aws_s3_bucket.backup', type: 'aws_s3_bucket', after: { bucket: 'acme' } };
  test.each([
    ['taken over', { ...change, actions: ['create'], importing: 'acme' }],
    ['made again under its name', { ...change, actions: ['delete', 'create'], before: { bucket: 'acme' } }],
    ['of a name that is not known yet', { ...change, actions: ['create'], after: {} }],
  ])('leave out what is %s', (_, one) => {
    expect(madeThings([one], PLACE)).toEqual([]);
  });

  test('are those that are made again under another name, too', () => {
    const one = { ...change, actions: ['delete', 'create'], before: { bucket: 'before' } };
    expect(madeThings([one], PLACE)).toEqual([{ address: change.address, type: change.type, name: 'acme' }]);
  });
});

const BUCKET = { address: 'aws_s3_bucket.backup', type: 'aws_s3_bucket', name: 'acme-vault' };
const ROLE = { address: 'aws_iam_role.vault', type: 'aws_iam_role', name: 'vault-acme' };
const ALIAS = { address: 'aws_kms_alias.backup', type: 'aws_kms_alias', name: 'alias/vault-acme' };
const tagged = (name: string) => ({ 'vault-backup-environment': name });

describe('a thing that is made and exists already', () => {
  test.each([
    {
      title: 'of a file under another name keeps its name',
      refusal: refusedSecond(BUCKET, 'renamed', tagged('acme')),
      refused:
        'to make aws_s3_bucket.backup, when the bucket acme-vault exists already and is tagged as that of the environment acme, and the state has none',
      instead: [
        'name: acme keeps what is deployed, whatever the file is called',
        'another bucket makes a second one beside it',
      ],
    },
    {
      title: 'of a state that is lost is imported',
      refusal: refusedSecond(ROLE, 'acme', tagged('acme')),
      refused:
        'to make aws_iam_role.vault, when the role vault-acme exists already and is tagged as that of the environment acme, and the state has none',
      instead: [
        'state as it was in the environment file, and the folder that Terraform last worked in, find it again',
        'where the state is lost, terraform import reads what exists into it again (docs/changes.md, Restore a lost state)',
      ],
    },
    {
      title: 'of nobody known is taken over',
      refusal: refusedSecond(ALIAS, 'acme', {}),
      refused: 'to make aws_kms_alias.backup, when the alias alias/vault-acme exists already, and the state has none',
      instead: [
        'adopt: [alias] takes it over, and vault-env adopt says what that changes',
        'another name makes a second one beside it',
      ],
    },
  ])('$title', ({ refusal, refused, instead }) => {
    expect(refusal).toEqual({ refused, address: refusal.address, instead });
  });
});
