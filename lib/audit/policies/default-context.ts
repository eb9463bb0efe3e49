import { nameOf } from '../../arn';
import type { ContextValue, Principal } from '../../iam';
import type { EnvironmentPolicies } from './environment-policies';

type RoleSession = Extract<Principal, { readonly kind: 'role-session' }>;

/** An instance's session of the environment's role. */
export function roleSession({ role }: EnvironmentPolicies): RoleSession {
  const [, partition = '', , , account = ''] = role.arn.split(':');
  const name = nameOf(role.arn);
  return {
    kind: 'role-session',
    account,
    arn: `arn:${partition}:sts::${account}:assumed-role/${name}/i-0123456789abcdef0`,
    roleArn: role.arn,
    userId: 'AROAEXAMPLEEXAMPLE000:i-0123456789abcdef0',
  };
}

/** A condition key of the request. */
export interface ContextEntry {
  readonly key: string;
  readonly value: ContextValue;
  /** Whether nobody asked for it. */
  readonly isDefault: boolean;
}

export interface DefaultContextInput {
  readonly policies: EnvironmentPolicies;
  readonly action: string;
  readonly resourceAccount: string;
}

/**
 * The condition keys of an ordinary request by the role: over TLS 1.3, called directly.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function defaultContext(input: DefaultContextInput): Readonly<Record<string, ContextValue>> {
  const { policies, action, resourceAccount } = input;
  const { account, roleArn, userId } = roleSession(policies);
  const [service = ''] = action.split(':');
  return {
    'aws:PrincipalAccount': account,
    'aws:PrincipalArn': roleArn,
    'aws:PrincipalIsAWSService': 'false',
    'aws:PrincipalType': 'AssumedRole',
    'aws:RequestedRegion': policies.region,
    'aws:ResourceAccount': resourceAccount,
    'aws:SecureTransport': 'true',
    'aws:userid': userId,
    'aws:ViaAWSService': 'false',
    ...(service === 's3' && { 's3:ResourceAccount': resourceAccount, 's3:TlsVersion': '1.3' }),
    ...(service === 'kms' && { 'kms:CallerAccount': account }),
  };
}

/**
 * The defaults, with what was given in their place or besides.
 *
 * @param given - values by key; an empty list takes a key away
 */
export function mergeContext(
  defaults: Readonly<Record<string, ContextValue>>,
  given: Readonly<Record<string, readonly string[]>>,
): readonly ContextEntry[] {
  const named = new Set(Object.keys(given).map((key) => key.toLowerCase()));
  const kept = Object.entries(defaults)
    .filter(([key]) => !named.has(key.toLowerCase()))
    .map(([key, value]): ContextEntry => ({ key, value, isDefault: true }));
  const added = Object.entries(given)
    .filter(([, values]) => values.length > 0)
    .map(([key, [first = '', ...more]]): ContextEntry => {
      return { key, value: more.length === 0 ? first : [first, ...more], isDefault: false };
    });
  return [...kept, ...added];
}
