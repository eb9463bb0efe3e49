import { audit } from '../../lib/audit/audit';
import { parseInput } from '../../lib/audit/stack/parse-input';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { handWritten } from './hand-written';

// biome-ignore lint/suspicious/noExplicitAny: a stack is edited as text would be
type Json = any;

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

function auditOf(edit: (resource: Json, stack: Json) => unknown = () => undefined) {
  const stack = handWritten();
  edit(stack.resource, stack);
  return audit({
    name: 'hand-written',
    stack: parseInput(JSON.stringify(stack), 'main.tf.json'),
    catalogue,
    inputs: [],
    tool: { name: 't', version: '0' },
    asOf: '2026-11-25',
    given: { capabilities: ['backup'] },
  });
}

test('a stack that somebody else wrote right passes, with nothing waived', () => {
  const { verdict, findings } = auditOf();
  expect({ verdict, waived: findings.filter(({ waiver }) => waiver !== undefined) }).toEqual({
    verdict: 'pass',
    waived: [],
  });
});

const statementOf = (text: string, sid: string, edit: (statement: Json) => unknown) => {
  const document = JSON.parse(text);
  edit(document.Statement.find(({ Sid }: Json) => Sid === sid));
  return JSON.stringify(document);
};

/** What a reader finds in it, and nothing else: each slip once, by the rules that are about it. */
test.each<[slip: string, edit: (resource: Json, stack: Json) => unknown, told: readonly string[]]>([
  ['no versioning', (all) => delete all.aws_s3_bucket_versioning, ['bucket-versioning']],
  ['no public access block', (all) => delete all.aws_s3_bucket_public_access_block, ['bucket-public-access-block']],
  ['no ownership controls', (all) => delete all.aws_s3_bucket_ownership_controls, ['bucket-acls-disabled']],
  ['no lifecycle', (all) => delete all.aws_s3_bucket_lifecycle_configuration, ['bucket-lifecycle']],
  ['no access log', (all) => delete all.aws_s3_bucket_logging, ['bucket-access-logging']],
  ['no instance profile', (all) => delete all.aws_iam_instance_profile, ['instance-profile']],
  ['no tags', (_, stack) => delete stack.provider.aws.default_tags, ['role-tagged']],
  ['no rotation', (all) => delete all.aws_kms_key.backups.enable_key_rotation, ['kms-key-rotation']],
  ['a short wait', (all) => (all.aws_kms_key.backups.deletion_window_in_days = 7), ['kms-deletion-window']],
  ['no guard', (all) => delete all.aws_s3_bucket.backups.lifecycle, ['bucket-deletion-guard']],
  ['force_destroy', (all) => (all.aws_s3_bucket.backups.force_destroy = true), ['bucket-deletion-guard']],
  ['a state that is not encrypted', (_, stack) => delete stack.terraform.backend.s3.encrypt, ['state-backend']],
  ['any account', (_, stack) => delete stack.provider.aws.allowed_account_ids, ['provider-settings']],
  [
    'an analyst in the bucket policy',
    ({ aws_s3_bucket_policy: { backups } }) => {
      const document = JSON.parse(backups.policy);
      const Principal = { AWS: 'arn:aws:iam::222233334444:role/analyst' };
      const grant = { Sid: 'a', Effect: 'Allow', Principal, Action: 's3:GetObject' };
      document.Statement.push({ ...grant, Resource: 'arn:aws:s3:::acme-salesforce-backups/*' });
      backups.policy = JSON.stringify(document);
    },
    ['permission-proof'],
  ],
  [
    'objects of other accounts',
    ({ aws_iam_policy: { use } }) => {
      use.policy = statementOf(use.policy, 'Objects', (one) => delete one.Condition);
    },
    ['permission-proof', 'role-own-account-only'],
  ],
  [
    'versions that may go',
    ({ aws_iam_policy: { use } }) => {
      use.policy = statementOf(use.policy, 'Objects', (one) => one.Action.push('s3:DeleteObjectVersion'));
    },
    ['permission-proof', 'versions-protected'],
  ],
])('of it with %s exactly that is told', (slip, edit, told) => {
  const { findings } = auditOf(edit);
  const open = findings.filter(({ result, hangsOn }) => ['fail', 'unknown'].includes(result) && hangsOn === undefined);
  expect([slip, open.map(({ rule }) => rule).sort()]).toEqual([slip, told]);
});
