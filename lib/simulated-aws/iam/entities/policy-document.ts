import { ToolkitError } from '../../../errors';
import {
  iamStatementProblems,
  MOST_OF_POLICY,
  type Policy,
  type PolicyKind,
  parsePolicy,
  sizeOfPolicy,
  takingUnknownKeys,
} from '../../../iam';
import type { AccountState } from '../../state/account-state';
import { pinPrincipals } from '../../state/pinned-principals';
import type { PolicyDocument } from '../../state/services/iam-state';
import type { PinnedPolicy } from '../../state/services/pinned-policy';
import type { AwsError } from '../../wire/http/aws-error';
import { limitExceeded, malformedPolicyDocument } from '../request/errors';

/**
 * A permissions policy as the account keeps it.
 *
 * @param name what decisions call it by
 * @throws {AwsError} `MalformedPolicyDocument`
 */
export function readPermissionsPolicy(text: string, name: string): PolicyDocument {
  return readDocument(text, name, 'identity');
}

/**
 * A policy that is passed to a session, whose ARNs must be whole.
 *
 * @throws {AwsError} `MalformedPolicyDocument`
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function readSessionPolicy(text: string): PolicyDocument {
  return readDocument(text, 'session policy', 'session');
}

/** The document of a managed policy. @throws {AwsError} `MalformedPolicyDocument`, `LimitExceeded` over 6,144 characters */
export function readManagedPolicy(text: string, name: string): PolicyDocument {
  if (sizeOfPolicy(text, 'managed') > MOST_OF_POLICY.managed.most) {
    throw limitExceeded(`Cannot exceed quota for PolicySize: ${MOST_OF_POLICY.managed.most}`);
  }
  return readPermissionsPolicy(text, name);
}

/**
 * A role's trust policy.
 *
 * @throws {AwsError} `MalformedPolicyDocument`, also when it names a principal of this account that is not there;
 *   `LimitExceeded` over 2,048 characters
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function readTrustPolicy(account: AccountState, text: string): PinnedPolicy {
  if (sizeOfPolicy(text, 'trust') > MOST_OF_POLICY.trust.most) {
    throw limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${MOST_OF_POLICY.trust.most}`);
  }
  const document = readDocument(text, 'trust policy', 'trust');
  return pinPrincipals(document, account, invalidPrincipal);
}

function readDocument(text: string, name: string, kind: PolicyKind): PolicyDocument {
  const document = { text, parsed: tryParse(text, name, kind) };
  const [problem] = document.parsed.statements.flatMap((one) => iamStatementProblems(one, kind === 'trust'));
  if (problem !== undefined) throw malformedPolicyDocument(problem);
  return document;
}

function tryParse(text: string, name: string, kind: PolicyKind): Policy {
  try {
    return takingUnknownKeys(parsePolicy(text, name, { kind }));
  } catch (error) {
    throw error instanceof ToolkitError ? malformedPolicyDocument(error.message) : error;
  }
}

function invalidPrincipal(arn: string): AwsError {
  return malformedPolicyDocument(`Invalid principal in policy: "AWS":"${arn}"`);
}
