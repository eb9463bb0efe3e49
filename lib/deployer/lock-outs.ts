import { type AccessRequest, evaluate, type Policy, type Principal, parsePolicy } from '../iam';
import { BUCKET_ACTIONS, KEY_ACTIONS } from './provider-actions';

/** The policies that could lock out whoever deployed them, and what they stand on. */
export interface DeployedPolicies {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  readonly bucketArn: string;
  readonly bucket?: Policy;
  readonly key?: Policy;
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
  const all = deployersOf(policies).flatMap((deployer) => {
    const asked = requestsOf(deployer, region);
    return [
      ...(bucket
        ? BUCKET_ACTIONS.flatMap((action) => lockOut({ ...asked, action, resource: bucketArn }, { resource: bucket }))
        : []),
      ...(key ? KEY_ACTIONS.flatMap((action) => lockOut({ ...asked, action, resource: keyArn }, { key })) : []),
    ];
  });
  return [...new Set(all)];
}

type Deployer = Extract<Principal, { readonly kind: 'user' | 'role-session' }>;

function deployersOf({ partition, account }: DeployedPolicies): readonly Deployer[] {
  const iam = `arn:${partition}:iam::${account}`;
  const session = `arn:${partition}:sts::${account}:assumed-role/deployer/terraform`;
  return [
    { kind: 'user', account, arn: `${iam}:user/deployer`, userId: 'AIDADEPLOYER' },
    {
      kind: 'role-session',
      account,
      arn: session,
      roleArn: `${iam}:role/deployer`,
      userId: 'AROADEPLOYER:terraform',
    },
  ];
}

/** Everything about a deployer's requests but what is done to what. */
function requestsOf(principal: Deployer, region: string): Omit<AccessRequest, 'action' | 'resource'> {
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
      's3:TlsVersion': '1.2',
    },
  };
}

function lockOut(asked: AccessRequest, policies: { readonly resource?: Policy; readonly key?: Policy }) {
  const decision = evaluate(asked, { identity: ADMINISTRATORS, ...policies });
  if (decision.result === 'allowed') return [];
  const reason =
    decision.result === 'explicitly-denied'
      ? decision.by.map(({ policy, statement }) => `${statement} of the ${policy}`).join(', ')
      : `no statement of the ${policies.key ? 'key' : 'bucket'} policy allows it`;
  return [`the policies would keep the account's administrators from ${asked.action}: ${reason}`];
}
