import type { S3RequestFacts } from './facts';
import { keyQuestion } from './key-question';
import { keyUsesOf } from './key-uses';
import { rulesOf } from './operations';
import type { AccessQuestionFacts, Step } from './question';
import type { AccessRule } from './rule';
import { s3Context } from './s3-context';
import { arnOf, ownerOf, type Target, targetsAt } from './target';

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
