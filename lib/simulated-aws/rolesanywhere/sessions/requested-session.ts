import {
  type Input,
  optionalInteger,
  optionalObject,
  optionalString,
  requiredString,
} from '../../service/json-parameters';
import type { Call } from '../../service/service';
import type { AccountState } from '../../state/account-state';
import type { Profile, TrustAnchor } from '../../state/services/roles-anywhere-state';
import type { AwsError } from '../../wire/http/aws-error';
import { resourceId } from '../request/arns';
import { accessDenied, resourceNotFound } from '../request/operation';

/** The names in a request for a session, none of them missing. */
export interface RequestedSession {
  /** The account of the trust anchor. */
  readonly account: AccountState;
  readonly anchor: TrustAnchor;
  readonly profile: Profile;
  readonly roleArn: string;
  /** Absent when it is left to the profile. */
  readonly durationSeconds?: number;
  readonly roleSessionName?: string;
  readonly hasInstanceProperties: boolean;
}

const ARN_RULE = { minLength: 1, maxLength: 1011 };

/**
 * Reads a request for a session. ARNs come in the query or in the body.
 *
 * @throws {AwsError} `ValidationException`, `ResourceNotFoundException`
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-create-session.html
 */
export function readRequestedSession(call: Call, input: Input): RequestedSession {
  const anchorArn = requiredString(input, 'trustAnchorArn', ARN_RULE);
  const profileArn = requiredString(input, 'profileArn', ARN_RULE);
  const roleArn = requiredString(input, 'roleArn', ARN_RULE);
  const durationSeconds = optionalInteger(input, 'durationSeconds', { min: 900, max: 43_200 });
  const roleSessionName = optionalString(input, 'roleSessionName', {
    minLength: 2,
    maxLength: 64,
    pattern: /[\w+=,.@-]*/,
  });
  const account = accountOf(call, anchorArn);
  return {
    account,
    anchor: find(account, 'trust-anchor', account.rolesAnywhere.trustAnchors, anchorArn),
    profile: find(account, 'profile', account.rolesAnywhere.profiles, profileArn),
    roleArn,
    ...(durationSeconds !== undefined && { durationSeconds }),
    ...(roleSessionName !== undefined && { roleSessionName }),
    hasInstanceProperties: Object.keys(optionalObject(input, 'instanceProperties')).length > 0,
  };
}

/**
 * Refuses a request that the profile does not let through. The words of AWS are known for the role alone.
 *
 * @throws {AwsError} `AccessDeniedException`
 */
export function requireProfile({ profile, roleArn, roleSessionName, hasInstanceProperties }: RequestedSession): void {
  const demands: readonly (readonly [boolean, string])[] = [
    [profile.isEnabled, 'the profile is disabled'],
    [profile.roleArns.includes(roleArn), `the profile lists ${profile.roleArns.join(', ') || 'no role'}, not this one`],
    [
      roleSessionName === undefined || profile.acceptsRoleSessionName,
      'the request names its session, which the profile does not accept',
    ],
    [
      hasInstanceProperties || !profile.requiresInstanceProperties,
      'the profile requires instance properties, which the request is without',
    ],
  ];
  const unmet = demands.find(([isMet]) => !isMet);
  if (unmet !== undefined) throw unableToAssume(roleArn, unmet[1]);
}

/**
 * @param reason why, which AWS keeps to itself
 * @param told what AWS does tell beside the role
 * @see https://github.com/aws/rolesanywhere-credential-helper/issues/77 for the words
 */
export function unableToAssume(roleArn: string, reason: string, told = ''): AwsError {
  return accessDenied(`Unable to assume role for ${roleArn}${told}`, reason);
}

function accountOf({ account }: Call, arn: string): AccountState {
  const [, , , region = '', accountId = ''] = arn.split(':');
  const found = region === account.region ? account.accounts.find(accountId, region) : undefined;
  if (found === undefined) throw resourceNotFound(`There is no trust anchor ${arn} in ${account.region}.`);
  return found;
}

function find<Resource extends { readonly arn: string }>(
  account: AccountState,
  type: 'trust-anchor' | 'profile',
  resources: ReadonlyMap<string, Resource>,
  arn: string,
): Resource {
  const resource = resources.get(resourceId(account, type, arn));
  if (resource?.arn !== arn) throw resourceNotFound(`There is no ${type} ${arn}.`);
  return resource;
}
