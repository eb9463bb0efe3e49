import { readFileSync, writeFileSync } from 'node:fs';

type Json = Record<string, unknown>;
interface Statement {
  Sid: string;
  Action: string | string[];
  Resource: string | string[];
}

/** One defect of a synthesized stack, and the checks that are meant to find it. */
export interface Alteration {
  readonly environment: string;
  readonly defect: string;
  /** The example that is broken. */
  readonly example: 'aes-256' | 'aws-kms';
  readonly alter: (resources: Resources) => void;
  /** Every check that does not pass, and its result. */
  readonly notPassed: readonly string[];
}

/** The resources of one stack, by type and name. */
export type Resources = Record<string, Record<string, Json>>;

export const ALTERATIONS: readonly Alteration[] = [
  {
    environment: 'no-decrypt',
    defect: 'the role may not decrypt',
    example: 'aws-kms',
    alter: (resources) =>
      alterPolicy(resources.aws_iam_policy?.kms, (statements) =>
        statements.map((statement) => ({ ...statement, Action: 'kms:GenerateDataKey' })),
      ),
    notPassed: [
      'multipart-abort inconclusive',
      'multipart-upload fail',
      'object-copy fail',
      'object-encryption inconclusive',
      'object-get fail',
      'object-range fail',
      'presigned-plain-http inconclusive',
      'unicode-key fail',
    ],
  },
  {
    environment: 'no-tls-denial',
    defect: 'the bucket policy no longer denies plain HTTP',
    example: 'aes-256',
    alter: (resources) =>
      alterPolicy(resources.aws_s3_bucket_policy?.backup, (statements) =>
        statements.filter(({ Sid }) => Sid !== 'DenyPlainHttp'),
      ),
    notPassed: ['plain-http fail', 'presigned-plain-http fail'],
  },
  {
    environment: 'wide-resource',
    defect: "the role's policy reaches every bucket",
    example: 'aes-256',
    alter: (resources) =>
      alterPolicy(resources.aws_iam_policy?.s3, (statements) =>
        statements.map((statement) => ({ ...statement, Resource: '*' })),
      ),
    notPassed: ['cross-bucket-copy fail', 'other-bucket fail', 'version-delete fail'],
  },
  {
    environment: 'no-encryption',
    defect: 'the bucket has no default encryption with the key',
    example: 'aws-kms',
    alter: (resources) => {
      delete resources.aws_s3_bucket_server_side_encryption_configuration;
    },
    notPassed: ['object-encryption fail'],
  },
];

/** Rewrites a synthesized `cdk.tf.json` in place, without the lifecycle: the provider waits a minute after it. */
export function alterStackFile(file: string, alter: Alteration['alter']): void {
  const stack = JSON.parse(readFileSync(file, 'utf8'));
  delete stack.resource.aws_s3_bucket_lifecycle_configuration;
  alter(stack.resource);
  // Things that left the stack cannot be taken over.
  stack.import = (stack.import ?? []).filter(({ to }: { to: string }) => {
    const [type = '', name = ''] = to.split('.');
    return stack.resource[type]?.[name] !== undefined;
  });
  writeFileSync(file, JSON.stringify(stack, null, 2));
}

function alterPolicy(resource: Json | undefined, change: (statements: Statement[]) => Statement[]): void {
  if (resource === undefined) throw new Error('there is no such policy to alter');
  const policy = JSON.parse(String(resource.policy));
  resource.policy = JSON.stringify({ ...policy, Statement: change(policy.Statement) });
}
