import { type Denial, isDenial, readDenial } from './denial-message';
import type { EnvironmentFacts, Evidence, Pattern } from './diagnosis';

interface PolicyTypeRow {
  readonly id: string;
  /** The kind of policy, in AWS's words. */
  readonly type: RegExp;
  /** Service prefix of the action, where the kind alone does not tell whose policy it is. */
  readonly service?: 'kms' | 's3';
  readonly owner: string;
  readonly fix: (facts: EnvironmentFacts, denial: Denial) => string;
}

const actionOf = ({ action }: Denial) => action ?? 'the action';

/** Whose policy it is, by the kind that AWS names in its refusal. */
const ROWS: readonly PolicyTypeRow[] = [
  {
    id: 'service-control-policy',
    type: /^service control policy$/,
    owner: 'a service control policy of the organization, which neither this account nor the audit sees',
    fix: ({ account }, denial) =>
      `Ask who administers the organization to let account ${account} do ${actionOf(denial)}; no policy of the account can.`,
  },
  {
    id: 'resource-control-policy',
    type: /^resource control policy$/,
    owner: 'a resource control policy of the organization, which neither this account nor the audit sees',
    fix: ({ account }, denial) =>
      `Ask who administers the organization to let ${actionOf(denial)} through on the resources of account ${account}.`,
  },
  {
    id: 'permissions-boundary',
    type: /^permissions boundary$/,
    owner: 'the permissions boundary of the role',
    fix: ({ roleArn }, denial) =>
      `Let the boundary of ${roleArn} allow ${actionOf(denial)}, or set another one with 'permissionsBoundary' in the environment file.`,
  },
  {
    id: 'session-policy',
    type: /^session policy$/,
    owner: 'a session policy that came with these credentials: they are weaker than the role',
    fix: () =>
      'Use the credentials of the instance profile itself, or have whoever assumes the role leave the policy out.',
  },
  {
    id: 'vpc-endpoint-policy',
    type: /^vpc endpoint policy$/,
    owner: 'the policy of the VPC endpoint that the request came through',
    fix: ({ bucket, keyArn }, denial) =>
      `In VPC > Endpoints let the endpoint's policy allow ${actionOf(denial)} on ${denial.action?.startsWith('kms:') ? (keyArn ?? 'the key') : bucket} for the role.`,
  },
  {
    id: 'trust-policy',
    type: /^role trust policy$/,
    owner: 'the trust policy of the role',
    fix: ({ roleArn }) =>
      `The trust policy of ${roleArn} must name who assumes it; terraform apply puts the audited one back.`,
  },
  {
    id: 'key-policy',
    type: /^resource-based policy$/,
    service: 'kms',
    owner: 'the key policy',
    fix: ({ keyArn, roleArn }, denial) =>
      `Let the key policy of ${keyArn ?? 'the key'} admit ${roleArn} for ${actionOf(denial)}, or leave the decision to IAM as the default key policy does.`,
  },
  {
    id: 'bucket-policy',
    type: /^resource-based policy$/,
    owner: 'the bucket policy',
    fix: ({ bucket }, denial) =>
      `Look for the statement of the policy of ${bucket} about ${actionOf(denial)}: vault-env verify --as operator names it, terraform apply puts the audited policy back.`,
  },
  {
    id: 'identity-policy',
    type: /^identity-based policy$/,
    owner: "the policies of the caller's own role or user",
    fix: ({ roleArn }, denial) =>
      `For the Vault host: attach the audited policies to ${roleArn} again (terraform apply); vault-env verify --as operator tells which one lacks ${actionOf(denial)}. For an operator: its own policies must allow ${actionOf(denial)}.`,
  },
];

/** One pattern for each kind of policy that AWS names. */
const BY_POLICY_TYPE = ROWS.map((row): Pattern => {
  return {
    id: row.id,
    fits: (evidence) => isDenial(evidence) && fitsRow(row, readDenial(evidence)),
    cause: (evidence) => {
      const denial = readDenial(evidence);
      const verb = denial.isExplicit ? 'A statement denies' : 'Nothing allows';
      const policy = denial.policyArn === undefined ? '' : ` (${denial.policyArn})`;
      return `${verb} ${actionOf(denial)} in ${row.owner}${policy}.`;
    },
    fix: (evidence, facts) => row.fix(facts, readDenial(evidence)),
  };
});

function fitsRow({ type, service }: PolicyTypeRow, { policyType, action }: Denial): boolean {
  if (policyType === undefined || !type.test(policyType)) return false;
  return service === undefined || action?.startsWith(`${service}:`) === true;
}

const isAboutKey = (evidence: Evidence) =>
  readDenial(evidence).action?.startsWith('kms:') === true || /\b(kms|ciphertext)\b/i.test(evidence.message);

/** Refusals, those first that say most of themselves. */
export const DENIAL_PATTERNS: readonly Pattern[] = [
  ...BY_POLICY_TYPE,
  {
    id: 'key-use-denied',
    fits: (evidence) => isDenial(evidence) && isAboutKey(evidence),
    cause: (evidence, { keyArn }) =>
      `S3 was refused ${actionOf(readDenial(evidence))} on ${keyArn ?? 'the key'} in the caller's name: by the key policy, or because the role's own policies do not allow it.`,
    fix: ({ requestId }, { roleArn }) =>
      `${roleArn} needs kms:GenerateDataKey to write and kms:Decrypt to read and to finish a multipart upload, in its own policy and in the key policy. ${findIt(requestId)}`,
  },
  {
    id: 'denied-without-reason',
    fits: isDenial,
    cause: (_evidence, { bucket }) =>
      `AWS refused without saying which policy did: the role's policies, the policy of ${bucket}, a VPC endpoint, or a policy of the organization.`,
    fix: ({ requestId }) => `vault-env verify --as operator compares what this account holds. ${findIt(requestId)}`,
  },
];

function findIt(requestId: string | undefined): string {
  return requestId === undefined
    ? 'CloudTrail has the request.'
    : `CloudTrail has the request under the id ${requestId}.`;
}
