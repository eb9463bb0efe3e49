import { ToolkitError } from '../errors';
import { BUCKET_RULES } from './bucket-rules';
import { CONDITION_KEYS_BY_ACTION } from './condition-keys';
import type { S3RequestFacts } from './facts';
import { keyQuestion } from './key-question';
import { keyUsesOf } from './key-uses';
import { OBJECT_RULES } from './object-rules';
import type { AccessQuestionFacts, Context, Step } from './question';
import { present } from './read-condition-key';
import type { AccessRule } from './rule';
import { arnOf, ownerOf, type Target, targetsAt } from './target';

const RULES = new Map(Object.entries({ ...BUCKET_RULES, ...OBJECT_RULES }));

/** Every operation whose questions are known. */
export const KNOWN_OPERATIONS: readonly string[] = [...RULES.keys()].sort();

/** @throws {ToolkitError} `UnknownOperation` */
export function rulesOf(operation: string): readonly AccessRule[] {
  const found = RULES.get(operation);
  if (found === undefined) {
    throw new ToolkitError(
      'UnknownOperation',
      `'operation' must be an S3 operation that is known here, got: ${operation}\nUse AWS's name for it`,
    );
  }
  return found;
}

/**
 * Every question that AWS answers by the policies for one request to S3: those of S3, then those that it asks KMS for
 * the caller. The request does what it asks for only when each required one is answered with yes.
 *
 * @throws {ToolkitError} `UnknownOperation`, `MissingFact`, `BadCopySource`, `UnsupportedEncryption`,
 *   `UnknownKeyAlias`, `BadKey`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
export function questionsOf(facts: S3RequestFacts): readonly AccessQuestionFacts[] {
  const ofS3 = rulesOf(facts.operation).flatMap((rule) => questionsBy(rule, facts));
  return [...ofS3, ...keyUsesOf(facts).map((use) => keyQuestion(use, facts))];
}

/**
 * The questions of S3 at one step, for which the facts of later steps need not be known.
 *
 * @throws {ToolkitError} `UnknownOperation`, `MissingFact`, `BadCopySource`
 */
export function questionsAt(step: Step, facts: S3RequestFacts): readonly AccessQuestionFacts[] {
  return rulesOf(facts.operation)
    .filter((rule) => rule.step === step)
    .flatMap((rule) => questionsBy(rule, facts));
}

function questionsBy(rule: AccessRule, facts: S3RequestFacts): readonly AccessQuestionFacts[] {
  return targetsAt(rule.on, facts)
    .filter((target) => rule.when?.(facts, target) ?? true)
    .map((target) => question(rule, target, facts));
}

function question(rule: AccessRule, target: Target, facts: S3RequestFacts): AccessQuestionFacts {
  const action = target.versionId === undefined ? rule.action : (rule.versionAction ?? rule.action);
  const resourceAccount = ownerOf(target) ?? facts.callerAccount ?? 'anonymous';
  const owner = { 'aws:ResourceAccount': resourceAccount, 's3:ResourceAccount': resourceAccount };
  return {
    askedOf: 's3',
    step: rule.step,
    action,
    resource: arnOf(target, facts.partition),
    resourceAccount,
    ...(target.bucket === undefined ? {} : { bucketName: target.bucket.name }),
    context: { ...owner, ...s3Context(action, facts, target) },
  };
}

/**
 * The condition keys that a request to S3 supplies for an action: those of the transport and those of the action.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html
 */
function s3Context(action: string, facts: S3RequestFacts, target: Target): Context {
  const keys = CONDITION_KEYS_BY_ACTION[action] ?? [];
  return Object.assign(
    { ...transportContext(facts), ...present('s3:x-amz-content-sha256', facts.headers['x-amz-content-sha256']) },
    ...keys.map(({ read }) => read(facts, target)),
  );
}

function transportContext(facts: S3RequestFacts): Context {
  const { isSecure, tlsVersion, authType } = facts.transport;
  return {
    'aws:SecureTransport': String(isSecure),
    'aws:ViaAWSService': 'false',
    ...present('s3:TlsVersion', tlsVersion),
    ...(authType === undefined ? {} : { 's3:authType': authType, 's3:signatureversion': 'AWS4-HMAC-SHA256' }),
    ...(authType === undefined ? {} : present('s3:signatureAge', signatureAgeMs(facts))),
  };
}

/** Milliseconds since the request was signed. */
function signatureAgeMs({ query, headers, receivedAt }: S3RequestFacts): string | undefined {
  const signedAt = query['X-Amz-Date'] ?? headers['x-amz-date'] ?? '';
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(signedAt);
  if (!parts || receivedAt === undefined) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const ageMs = receivedAt.getTime() - Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return String(Math.max(0, ageMs));
}
