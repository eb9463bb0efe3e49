import type { Policy } from '../../../iam/types';
import { defaultVersion } from '../../iam/entities/effective-policies';
import { findAttachablePolicy } from '../../iam/entities/managed-policy';
import { readSessionPolicy } from '../../iam/entities/policy-document';
import { readList, tryReadText, validationError } from '../../service/parameters';
import type { AccountState } from '../../state/account-state';
import type { PolicyDocument } from '../../state/services/iam-state';
import { AwsError } from '../../wire/http/aws-error';
import type { Form } from '../../wire/protocols/query-protocol';
import { PARAMETER_RULES } from './parameter-rules';

const MAX_POLICY_ARNS = 10;
const MAX_CHARACTERS = 2048;

/**
 * The policies that a request passes to its session; `undefined` when it passes none.
 *
 * @throws {AwsError} `MalformedPolicyDocument`, `PackedPolicyTooLarge` over 2,048 characters together, `ValidationError`
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
 */
export function readSessionPolicies(account: AccountState, form: Form): readonly Policy[] | undefined {
  const inline = tryReadText(form, 'Policy', PARAMETER_RULES);
  const arns = readList(form, 'PolicyArns', '.arn');
  if (arns.length > MAX_POLICY_ARNS) {
    throw validationError(`No more than ${MAX_POLICY_ARNS} managed policies can be passed to a session.`);
  }
  const documents: readonly PolicyDocument[] = [
    ...(inline === undefined ? [] : [readSessionPolicy(inline)]),
    ...arns.map((arn) => defaultVersion(findAttachablePolicy(account, arn)).document),
  ];
  if (documents.reduce((sum, { text }) => sum + text.length, 0) > MAX_CHARACTERS) {
    throw new AwsError(400, 'PackedPolicyTooLarge', `Session policies exceed ${MAX_CHARACTERS} characters together.`);
  }
  return documents.length === 0 ? undefined : documents.map(({ parsed }) => parsed);
}
