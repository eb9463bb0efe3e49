import { accountOf } from '../arn';
import type { Issue } from '../errors';
import type { StackOutput } from './schema';

/** A problem that only shows when several keys are read together. */
type RuleIssue = Omit<Issue, 'file'>;

type Rule = (document: StackOutput) => RuleIssue | undefined;

function bucketArnNamesTheBucket({ aws, form }: StackOutput): RuleIssue | undefined {
  const expected = `arn:${aws.partition}:s3:::${form.bucketName}`;
  return mismatch('aws.bucketArn', aws.bucketArn, expected);
}

function masterKeyIsTheKey({ aws, form }: StackOutput): RuleIssue | undefined {
  if (form.masterKey === aws.keyArn) return undefined;
  const { keyArn = 'nothing' } = aws;
  return {
    path: 'form.masterKey',
    message: `must equal 'aws.keyArn' (${keyArn}), got: ${form.masterKey ?? 'nothing'}`,
  };
}

function kmsHasAKey({ aws, form }: StackOutput): RuleIssue | undefined {
  if (form.encryption !== 'AWS-KMS' || aws.keyArn !== undefined) return undefined;
  return { path: 'aws.keyArn', message: 'is required with AWS-KMS, got: nothing' };
}

function aes256HasNoKey({ aws, form }: StackOutput): RuleIssue | undefined {
  if (form.encryption !== 'AES-256' || (aws.keyArn === undefined && !aws.bucketKey)) return undefined;
  const path = aws.keyArn === undefined ? 'aws.bucketKey' : 'aws.keyArn';
  return { path, message: `must not be set with AES-256, got: ${aws.keyArn ?? aws.bucketKey}` };
}

function keyIsInTheBucketsRegion({ aws }: StackOutput): RuleIssue | undefined {
  const region = aws.keyArn?.split(':')[3];
  if (region === undefined || region === aws.region) return undefined;
  return { path: 'aws.keyArn', message: `must be in the bucket's region ${aws.region}, got: ${region}` };
}

function keyIsInThePartition({ aws }: StackOutput): RuleIssue | undefined {
  return wrongPartition('aws.keyArn', aws.keyArn, aws.partition);
}

function roleIsInThePartition({ aws }: StackOutput): RuleIssue | undefined {
  return wrongPartition('aws.roleArn', aws.roleArn, aws.partition);
}

function hostIsInThePartition({ aws, host }: StackOutput): RuleIssue | undefined {
  const arns = Object.entries(host).filter(([, value]) => typeof value === 'string' && value.startsWith('arn:'));
  const issues = arns.flatMap(([key, value]) => wrongPartition(`host.${key}`, String(value), aws.partition) ?? []);
  return issues[0];
}

/** Whoever reads the config must not have to compare accounts to see whose the role is. */
function roleAccountIsThatOfTheRole({ aws, host }: StackOutput): RuleIssue | undefined {
  const ofRole = accountOf(aws.roleArn);
  const expected = ofRole === aws.account ? undefined : ofRole;
  const received = host.kind === 'existing-role' ? host.roleAccount : undefined;
  if (received === expected) return undefined;
  const message = `must be ${expected ?? 'left out'}, as aws.roleArn is ${aws.roleArn}, got: ${received ?? 'nothing'}`;
  return { path: 'host.roleAccount', message };
}

function wrongPartition(path: string, arn: string | undefined, partition: string): RuleIssue | undefined {
  if (arn === undefined || arn.startsWith(`arn:${partition}:`)) return undefined;
  return { path, message: `must be in the partition ${partition}, got: ${arn}` };
}

function mismatch(path: string, received: string, expected: string): RuleIssue | undefined {
  return received === expected ? undefined : { path, message: `must be ${expected}, got: ${received}` };
}

/** Every rule that reads more than one key, in report order. */
export const RULES: readonly Rule[] = [
  bucketArnNamesTheBucket,
  kmsHasAKey,
  aes256HasNoKey,
  masterKeyIsTheKey,
  keyIsInTheBucketsRegion,
  keyIsInThePartition,
  roleIsInThePartition,
  roleAccountIsThatOfTheRole,
  hostIsInThePartition,
];
