import { comparePermissions } from '../../lib/audit/permission-drift/compare-permissions';
import { describeDrift } from '../../lib/audit/permission-drift/describe-drift';
import type { EnvironmentPolicies } from '../../lib/audit/policies/environment-policies';
import { readStackPolicies } from '../../lib/audit/policies/stack-policies';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { EXAMPLES, loadExample, synthesizeStack } from '../support/synthesize';

const STACK = synthesizeStack(loadExample(EXAMPLES, 'aws-kms')).text;

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

const policiesOf = (text: string): EnvironmentPolicies => readStackPolicies(text, 'aws-kms');
const before = policiesOf(STACK);

const driftTo = (after: EnvironmentPolicies) =>
  comparePermissions({ before, after, catalogue })
    .filter(({ caller }) => !caller.startsWith('the role, were') && !caller.startsWith("the role's own"))
    .map(describeDrift);

/** The stack with the statements of its S3 policy rewritten. */
function withS3Statements(edit: (statements: readonly Statement[]) => readonly Statement[]): EnvironmentPolicies {
  const stack = JSON.parse(STACK);
  const policy = JSON.parse(stack.resource.aws_iam_policy.s3.policy);
  stack.resource.aws_iam_policy.s3.policy = JSON.stringify({ ...policy, Statement: edit(policy.Statement) });
  return policiesOf(JSON.stringify(stack));
}

interface Statement {
  readonly Sid: string;
  readonly Action: readonly string[];
  readonly [element: string]: unknown;
}

describe('the same permissions, written differently,', () => {
  test.each<{ how: string; edit: (statements: readonly Statement[]) => readonly Statement[] }>([
    { how: 'in another order', edit: (statements) => statements.toReversed() },
    {
      how: 'a statement for each action',
      edit: (statements) =>
        statements.flatMap((one) => one.Action.map((action) => ({ ...one, Sid: action.slice(3), Action: [action] }))),
    },
    {
      how: 'with a statement twice',
      edit: ([first, ...more]) => [first, { ...first, Sid: 'Again' }, ...more] as Statement[],
    },
  ])('show no drift: $how', ({ edit }) => {
    expect(driftTo(withS3Statements(edit))).toEqual([]);
  });
});

describe('another permission', () => {
  test('is named with what decides it', () => {
    const added = { Sid: 'Extra', Effect: 'Allow', Action: ['s3:PutBucketPolicy'], Resource: before.bucket.arn };
    expect(driftTo(withS3Statements((statements) => [...statements, added]))).toEqual([
      "the role can now do s3:PutBucketPolicy on the bucket, by 'Extra' of 'aws_iam_policy.s3'",
    ]);
  });

  test.each([
    ['a role', { AWS: 'arn:aws:iam::111122223333:role/analyst' }],
    ['a user', { AWS: 'arn:aws:iam::111122223333:user/analyst' }],
  ])('is named when the bucket policy grants it to %s of the account', (_, Principal) => {
    const stack = JSON.parse(STACK);
    const policy = JSON.parse(stack.resource.aws_s3_bucket_policy.backup.policy);
    const Resource = `${before.bucket.arn}/*`;
    policy.Statement.push({ Sid: 'Extra', Effect: 'Allow', Principal, Action: 's3:GetObject', Resource });
    stack.resource.aws_s3_bucket_policy.backup.policy = JSON.stringify(policy);
    expect(driftTo(policiesOf(JSON.stringify(stack)))).toEqual([
      `${Principal.AWS}, without policies of its own can now do s3:GetObject on backups, probes, search results, by 'Extra' of 'aws_s3_bucket_policy.backup'`,
    ]);
  });

  test('is named when it is lost', () => {
    expect(driftTo(withS3Statements((statements) => statements.filter(({ Sid }) => Sid !== 'ListBackups')))).toEqual([
      'the role can no longer do s3:GetBucketLocation, s3:ListBucket, s3:ListBucketMultipartUploads on the bucket',
    ]);
  });

  test('is named with its circumstances when only those change', () => {
    const within = { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } };
    const narrowed = withS3Statements((statements) =>
      statements.map((one) =>
        one.Sid === 'RemoveProbes' ? { ...one, Condition: { ...Object(one.Condition), ...within } } : one,
      ),
    );
    expect(driftTo(narrowed)).toEqual(['the role can do s3:DeleteObjectVersion on probes in fewer circumstances']);
  });
});
