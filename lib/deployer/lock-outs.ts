import { nameOf } from '../arn';
import { type AccessRequest, type Decision, evaluate, type Policy, type Principal, parsePolicy } from '../iam';
import { filterAlike, likenessOfActions } from '../iam/statements/alike-actions';
import { BUCKET_ACTIONS, KEY_ACTIONS } from './provider-actions';

/** The policies that could lock out whoever deployed them, and what they stand on. */
export interface DeployedPolicies {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  readonly bucketArn: string;
  readonly bucket?: Policy;
  readonly key?: Policy;
  /** Condition keys of the deployer's requests besides those of every request. */
  readonly circumstances?: AccessRequest['context'];
  /** ARNs of roles and users of the account; left out, some user and some role. */
  readonly deployers?: readonly string[];
  /** Actions that Terraform never comes to, as `prevent_destroy` keeps it from deleting. */
  readonly notCalled?: readonly string[];
}

const ADMINISTRATORS = [
  parsePolicy(
    { Version: '2012-10-17', Statement: [{ Sid: 'Everything', Effect: 'Allow', Action: '*', Resource: '*' }] },
    'administrator',
  ),
];

/**
 * Calls that an administrator of the account could no longer make over TLS once these policies are in force; there should be none.
 *
 * Asked for a user and for a role, over every call that Terraform's AWS provider makes, its refresh included. A resource
 * policy that locks out its own deployer can only be mended by the account's root user.
 */
export function lockOuts(policies: DeployedPolicies): readonly string[] {
  const { bucket, key, bucketArn, partition, region, account } = policies;
  const keyArn = `arn:${partition}:kms:${region}:${account}:key/created`;
  const {
    deployers = [`arn:${partition}:iam::${account}:user/deployer`, `arn:${partition}:iam::${account}:role/deployer`],
    notCalled = [],
  } = policies;
  const bucketActions = BUCKET_ACTIONS.filter((action) => !notCalled.includes(action));
  const all = deployers.map(deployerOf(policies)).flatMap((deployer) => {
    const asked = requestsOf(deployer, policies);
    return [
      ...(bucket ? refused(bucketActions, { ...asked, resource: bucketArn }, { resource: bucket }) : []),
      ...(key ? refused(KEY_ACTIONS, { ...asked, resource: keyArn }, { key }) : []),
    ];
  });
  return [...new Set(all)];
}

type Deployer = Extract<Principal, { readonly kind: 'user' | 'role-session' }>;

function deployerOf({ partition, account }: DeployedPolicies): (arn: string) => Deployer {
  return (arn) => {
    if (arn.includes(':user/')) return { kind: 'user', account, arn, userId: 'AIDADEPLOYER' };
    const session = `arn:${partition}:sts::${account}:assumed-role/${nameOf(arn)}/terraform`;
    return { kind: 'role-session', account, arn: session, roleArn: arn, userId: 'AROADEPLOYER:terraform' };
  };
}

type Asked = Omit<AccessRequest, 'action'>;
type Guarding = { readonly resource: Policy } | { readonly key: Policy };

/** One line for each action that is refused; it is asked once about actions that the same statements name. */
function refused(actions: readonly string[], asked: Asked, guarding: Guarding): readonly string[] {
  const policies = { identity: ADMINISTRATORS, ...guarding };
  const decide = (action: string) => evaluate({ ...asked, action }, policies);
  return filterAlike(
    actions,
    likenessOfActions(Object.values(guarding)),
    (action) => decide(action).result !== 'allowed',
  ).flatMap((action) => lineAbout(action, decide(action), 'key' in guarding ? 'key' : 'bucket'));
}

/** Everything about a deployer's requests but what is done to what. */
function requestsOf(
  principal: Deployer,
  { region, circumstances }: Pick<DeployedPolicies, 'region' | 'circumstances'>,
): Omit<Asked, 'resource'> {
  const { account } = principal;
  return {
    principal,
    resourceAccount: account,
    context: {
      'aws:SecureTransport': 'true',
      'aws:PrincipalArn': 'roleArn' in principal ? principal.roleArn : principal.arn,
      'aws:PrincipalAccount': account,
      'aws:PrincipalIsAWSService': 'false',
      'aws:PrincipalType': principal.kind === 'user' ? 'User' : 'AssumedRole',
      'aws:RequestedRegion': region,
      'aws:ResourceAccount': account,
      'aws:userid': principal.userId,
      'aws:ViaAWSService': 'false',
      's3:authType': 'REST-HEADER',
      's3:signatureversion': 'AWS4-HMAC-SHA256',
      'kms:CallerAccount': account,
      's3:TlsVersion': '1.2',
      ...circumstances,
    },
  };
}

function lineAbout(action: string, decision: Decision, kind: 'key' | 'bucket'): readonly string[] {
  if (decision.result === 'allowed') return [];
  const reason =
    decision.result === 'explicitly-denied'
      ? decision.by.map(({ policy, statement }) => `${statement} of the ${policy}`).join(', ')
      : `no statement of the ${kind} policy allows it`;
  return [`the policies would keep the account's administrators from ${action}: ${reason}`];
}
