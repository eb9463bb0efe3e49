import { ToolkitError } from '../../../errors';
import { type Policy, type PolicyKind, parsePolicy } from '../../../iam';
import type { AccountState } from '../../state/account-state';
import { pinPrincipals } from '../../state/pinned-principals';
import type { PolicyDocument } from '../../state/services/iam-state';
import type { PinnedPolicy } from '../../state/services/pinned-policy';
import type { AwsError } from '../../wire/http/aws-error';
import { limitExceeded, malformedPolicyDocument } from '../request/errors';

/** Sizes without white space. */
const MAX_MANAGED_CHARACTERS = 6144;
const MAX_TRUST_CHARACTERS = 2048;

/** Policies of buckets and keys take more. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html */
const SID = /^[0-9A-Za-z]*$/;

/**
 * A permissions policy as the account keeps it.
 *
 * @param name what decisions call it by
 * @throws {AwsError} `MalformedPolicyDocument`
 */
export function readPermissionsPolicy(text: string, name: string): PolicyDocument {
  return readDocument(text, name, 'identity');
}

/** The document of a managed policy. @throws {AwsError} `MalformedPolicyDocument`, `LimitExceeded` over 6,144 characters */
export function readManagedPolicy(text: string, name: string): PolicyDocument {
  if (significantCharacters(text) > MAX_MANAGED_CHARACTERS) {
    throw limitExceeded(`Cannot exceed quota for PolicySize: ${MAX_MANAGED_CHARACTERS}`);
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
  if (significantCharacters(text) > MAX_TRUST_CHARACTERS) {
    throw limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${MAX_TRUST_CHARACTERS}`);
  }
  const document = readDocument(text, 'trust policy', 'trust');
  for (const { actions } of document.parsed.statements) {
    if (actions.patterns.some((action) => !action.toLowerCase().startsWith('sts:'))) {
      throw malformedPolicyDocument('AssumeRole policy may only specify STS AssumeRole actions.');
    }
  }
  return pinPrincipals(document, account, invalidPrincipal);
}

/** Length without white space, which IAM does not count. */
export function significantCharacters(text: string): number {
  return text.replace(/\s/g, '').length;
}

function readDocument(text: string, name: string, kind: PolicyKind): PolicyDocument {
  const document = { text, parsed: tryParse(text, name, kind) };
  if (!document.parsed.statements.every(({ id }) => SID.test(id))) {
    throw malformedPolicyDocument(
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    );
  }
  return document;
}

function tryParse(text: string, name: string, kind: PolicyKind): Policy {
  try {
    return parsePolicy(text, name, { kind });
  } catch (error) {
    throw error instanceof ToolkitError ? malformedPolicyDocument(error.message) : error;
  }
}

function invalidPrincipal(arn: string): AwsError {
  return malformedPolicyDocument(`Invalid principal in policy: "AWS":"${arn}"`);
}
