import type { Answer } from '../../aws/answer';
import type { Aws } from '../../aws/connect';
import {
  BACKUP_RULES,
  CONFIGURATION_RULES,
  type GuardedInput,
  type GuardScope,
  IAM_RULES,
  KMS_RULES,
  type Rule,
  S3_RULES,
  STS_RULES,
  WRONG_SIGNATURE_RULES,
} from './guard-rules';
import type { Journal } from './journal';

export interface GuardOptions {
  readonly scope: GuardScope;
  /** Stops the calls. */
  readonly signal?: AbortSignal;
  /** Takes note of what is written. */
  readonly journal: Journal;
}

type Send = (input: GuardedInput, signal?: AbortSignal) => Promise<Answer<unknown>>;

/** The calls that have a rule, held to it; the others are not there. */
type Guarded<C, R> = Pick<C, keyof R & keyof C>;

export type GuardedS3 = Guarded<Aws['s3'], typeof S3_RULES>;

/**
 * The S3 calls, held to what this run may touch; a call outside it throws before anything is sent.
 *
 * Each call to the own bucket names its owner, so that S3 refuses it where a bucket of that name is another account's.
 * The other bucket goes without: a refusal because of its owner would look like one because of the role.
 *
 * Such a call is a bug of a check, so the error is a plain `Error`.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html
 */
export function guardS3(calls: Aws['s3'], options: GuardOptions): GuardedS3 {
  return guard(calls, S3_RULES, options);
}

export type GuardedBackups = Guarded<Aws['s3'], typeof BACKUP_RULES>;

/** The calls that read what backups are made of, from anywhere in the own bucket. */
export function guardBackups(calls: Aws['s3'], options: GuardOptions): GuardedBackups {
  return guard(calls, BACKUP_RULES, options);
}

export function guardWrongSignature({ s3, kms, sts, iam, elsewhere }: Aws['wronglySigned'], options: GuardOptions) {
  const rules = WRONG_SIGNATURE_RULES;
  return {
    s3: guard(s3, rules.s3, options),
    kms: guard(kms, rules.kms, options),
    sts: guard(sts, rules.sts, options),
    iam: guard(iam, rules.iam, options),
    elsewhere: {
      s3: guard(elsewhere.s3, rules.s3Elsewhere, options),
      kms: guard(elsewhere.kms, rules.kms, options),
    },
  };
}

export function guardConfigurationWrites(calls: Aws['s3WithMalformedBody'], options: GuardOptions) {
  return guard(calls, CONFIGURATION_RULES, options);
}

export function guardKms(calls: Aws['kms'], options: GuardOptions): Guarded<Aws['kms'], typeof KMS_RULES> {
  return guard(calls, KMS_RULES, options);
}

export function guardIam(calls: Aws['iam'], options: GuardOptions): Guarded<Aws['iam'], typeof IAM_RULES> {
  return guard(calls, IAM_RULES, options);
}

export function guardSts(calls: Aws['sts'], options: GuardOptions): Guarded<Aws['sts'], typeof STS_RULES> {
  return guard(calls, STS_RULES, options);
}

function guard<C extends object, R extends Readonly<Record<string, Rule>>>(
  calls: C,
  rules: R,
  options: GuardOptions,
): Guarded<C, R> {
  const guarded = Object.entries(rules).map(([name, rule]) => {
    const send = calls[name as keyof C] as unknown as Send;
    return [name, (input: GuardedInput) => sendWithin(input, { name, rule, send, ...options })];
  });
  return Object.fromEntries(guarded) as Guarded<C, R>;
}

interface GuardedCall extends GuardOptions {
  readonly name: string;
  readonly rule: Rule;
  readonly send: Send;
}

async function sendWithin(input: GuardedInput, { name, rule, send, scope, signal, journal }: GuardedCall) {
  if (!rule(input, scope)) throw new Error(outside(name, input, scope));
  const noteAnswer = journal.open(name, input);
  const answer = await send(withOwner(input, scope), signal);
  noteAnswer(answer);
  return answer;
}

function withOwner(input: GuardedInput, { bucket, account }: GuardScope): GuardedInput {
  return input.Bucket === bucket ? ({ ...input, ExpectedBucketOwner: account } as GuardedInput) : input;
}

function outside(name: string, { Bucket, Key, Prefix }: GuardedInput, { bucket, prefix }: GuardScope): string {
  const target = [Bucket, Key ?? Prefix].filter((part) => part !== undefined).join('/');
  return `'${name}' must do no damage and stay below '${bucket}/${prefix}', got: ${target}`;
}
