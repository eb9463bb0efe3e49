import { accountOf, nameOf } from '../../arn';
import type { EnvironmentFacts } from '../result/diagnosis';
import type { Denial } from './denial-message';

/** A kind of policy that AWS names in a refusal. */
export interface PolicyType {
  readonly id: string;
  /** The kind of policy, in AWS's words. */
  readonly type: RegExp;
  /** Service prefix of the action, where the kind alone does not tell whose policy it is. */
  readonly service?: 'kms' | 's3';
  /** Whose policy it is, in words. */
  readonly owner: (facts: EnvironmentFacts, denial: Denial) => string;
  readonly fix: (facts: EnvironmentFacts, denial: Denial) => string;
}

/** The refused action, where the message names one. */
export const actionOf = ({ action }: Denial) => action ?? 'the action';

export const THE_ROLE = 'the role';

/** The policy that AWS names; else the environment's own. */
function resourceOf({ resource }: Denial, own: string): string {
  return resource === undefined ? own : resource.replace(/^arn:[^:]+:s3:::([^/]+).*$/, '$1');
}

/** A wider policy would let in more than was audited. */
const WHICH_CHANGED =
  'So the policy was changed, or bucket keys of the bucket were switched: vault-env verify --as operator tells which, and terraform apply puts it back.';

/** Who was refused: the environment's role, or somebody by their ARN. The ARN of a session leaves out the role's path. */
export function callerOf({ roleArn }: EnvironmentFacts, { caller }: Denial): string {
  const session = `:sts::${accountOf(roleArn)}:assumed-role/${nameOf(roleArn)}/`;
  return caller === undefined || caller.includes(session) ? THE_ROLE : caller;
}

/** Whose policy it is, by the kind that AWS names in its refusal. */
export const POLICY_TYPES: readonly PolicyType[] = [
  {
    id: 'service-control-policy',
    type: /^service control policy$/,
    owner: () => 'a service control policy of the organization, which neither this account nor the audit sees',
    fix: ({ account }, denial) =>
      `Ask who administers the organization to let account ${account} do ${actionOf(denial)}; no policy of the account can.`,
  },
  {
    id: 'resource-control-policy',
    type: /^resource control policy$/,
    owner: () => 'a resource control policy of the organization, which neither this account nor the audit sees',
    fix: ({ account }, denial) =>
      `Ask who administers the organization to let ${actionOf(denial)} through on the resources of account ${account}.`,
  },
  {
    id: 'permissions-boundary',
    type: /^permissions boundary$/,
    owner: (facts, denial) => `the permissions boundary of ${callerOf(facts, denial)}`,
    fix: ({ roleArn }, denial) =>
      `Let the boundary of ${roleArn} allow ${actionOf(denial)}, or set another one with 'permissionsBoundary' in the environment file.`,
  },
  {
    id: 'session-policy',
    type: /^session policy$/,
    owner: () => 'a session policy that came with these credentials: they are weaker than the role',
    fix: ({ host }) =>
      `Use the credentials of ${host.giver} itself, or have whoever assumes the role leave the policy out.`,
  },
  {
    id: 'vpc-endpoint-policy',
    type: /^vpc endpoint policy$/,
    owner: () => 'the policy of the VPC endpoint that the request came through',
    fix: ({ bucket, keyArn }, denial) =>
      `In VPC > Endpoints let the endpoint's policy allow ${actionOf(denial)} on ${resourceOf(denial, denial.action?.startsWith('kms:') ? (keyArn ?? 'the key') : bucket)} for the role.`,
  },
  {
    id: 'trust-policy',
    type: /^role trust policy$/,
    owner: () => 'the trust policy of the role',
    fix: ({ roleArn }) =>
      `The trust policy of ${roleArn} must name who assumes it; terraform apply puts the audited one back.`,
  },
  {
    id: 'key-policy',
    type: /^resource-based policy$/,
    service: 'kms',
    owner: () => 'the key policy',
    fix: ({ keyArn, roleArn }, denial) =>
      `The audited policy of ${resourceOf(denial, keyArn ?? 'the key')} admits ${roleArn} through S3, for an encryption context that bucket keys decide. ${WHICH_CHANGED}`,
  },
  {
    id: 'bucket-policy',
    type: /^resource-based policy$/,
    owner: () => 'the bucket policy',
    fix: ({ bucket }, denial) =>
      `Look for the statement of the policy of ${resourceOf(denial, bucket)} about ${actionOf(denial)}: vault-env verify --as operator names it, terraform apply puts the audited policy back.`,
  },
  {
    id: 'identity-policy',
    type: /^identity-based policy$/,
    owner: (facts, denial) => `the policies of ${callerOf(facts, denial)}`,
    fix: (facts, denial) =>
      callerOf(facts, denial) === THE_ROLE && denial.action?.startsWith('kms:')
        ? `The audited policy of ${facts.roleArn} allows it through S3, for an encryption context that bucket keys decide. ${WHICH_CHANGED}`
        : callerOf(facts, denial) === THE_ROLE
          ? facts.host.attach(facts.roleArn, actionOf(denial))
          : `Let the policies of ${callerOf(facts, denial)} allow ${actionOf(denial)}; the guide for operators lists what is needed.`,
  },
];
