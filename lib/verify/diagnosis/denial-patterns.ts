import type { EnvironmentFacts, Evidence, Pattern } from '../result/diagnosis';
import { namesObjectLock } from '../result/locked-versions';
import { type Denial, isDenial, readDenial } from './denial-message';
import { FOREIGN_KEY, isForeignKey } from './key-patterns';
import { actionOf, callerOf, POLICY_TYPES, type PolicyType, THE_ROLE } from './policy-types';
import { serviceOf } from './service-of-call';

/** One pattern for each kind of policy that AWS names. */
const BY_POLICY_TYPE = POLICY_TYPES.map((row): Pattern => {
  return {
    id: row.id,
    fits: (evidence) => isDenial(evidence) && fitsRow(row, readDenial(evidence)),
    cause: (evidence, facts) => {
      const denial = readDenial(evidence);
      const verb = denial.isExplicit ? 'A statement denies' : 'Nothing allows';
      const policy = denial.policyArn === undefined ? '' : ` (${denial.policyArn})`;
      return `${verb} ${actionOf(denial)} in ${row.owner(facts, denial)}${policy}.`;
    },
    fix: (evidence, facts) => row.fix(facts, readDenial(evidence)),
  };
});

function fitsRow({ type, service }: PolicyType, { policyType, action }: Denial): boolean {
  if (policyType === undefined || !type.test(policyType)) return false;
  return service === undefined || action?.startsWith(`${service}:`) === true;
}

const isAboutKey = (evidence: Evidence) =>
  readDenial(evidence).action?.startsWith('kms:') === true || /\b(kms|ciphertext)\b/i.test(evidence.message);

const OTHER_KEY: Pattern = {
  id: 'other-key-denied',
  fits: (evidence, facts) => isDenial(evidence) && isForeignKey(readDenial(evidence).resource, facts),
  cause: (evidence, facts) => {
    const denial = readDenial(evidence);
    return `S3 was refused ${actionOf(denial)} on ${denial.resource} in the caller's name. ${FOREIGN_KEY.cause(facts)}`;
  },
  fix: (_evidence, facts) => FOREIGN_KEY.fix(facts),
};

/** Whatever policy decided, it decided about somebody else, and no policy has to change. */
const ANOTHER_CALLER: Pattern = {
  id: 'another-caller',
  fits: (evidence, facts) =>
    facts.half === 'host' && isDenial(evidence) && callerOf(facts, readDenial(evidence)) !== THE_ROLE,
  cause: (evidence, facts) => {
    const denial = readDenial(evidence);
    return `${actionOf(denial)} was refused to ${denial.caller}, whose credentials this host has in the place of those of ${facts.roleArn}.`;
  },
  fix: (_evidence, { host, roleArn }) => host.giveRole(roleArn),
};

/** Refusals, those first that say most of themselves. */
export const DENIAL_PATTERNS: readonly Pattern[] = [
  {
    id: 'kept-by-object-lock',
    fits: (evidence) => namesObjectLock(evidence),
    cause: (_evidence, { bucket }) =>
      `Object Lock keeps each new version in ${bucket}, and the config names no such lock: it was switched on outside of the stack, or the config is older than that.`,
    fix: () =>
      'Name it as objectLock in the environment file, apply and emit the config again: verification then writes as little as it can. Versions that were written stay until their retention is over, and vault-env verify --clean removes it then.',
  },
  ANOTHER_CALLER,
  OTHER_KEY,
  ...BY_POLICY_TYPE,
  {
    id: 'key-use-denied',
    fits: (evidence) => isDenial(evidence) && isAboutKey(evidence),
    cause: (evidence, facts) =>
      `S3 was refused ${actionOf(readDenial(evidence))} on ${keyOf(evidence, facts)} in the caller's name: by the key policy, by the role's own policies, or because bucket keys were switched, which changes the encryption context that both ask for.`,
    fix: ({ requestId }) =>
      `vault-env verify --as operator says which of them is not as audited, and terraform apply puts it back. ${findIt(requestId)}`,
  },
  {
    id: 'another-owner',
    fits: (evidence) => isDenial(evidence) && isBareRefusalOfS3(evidence),
    cause: (_evidence, { bucket, account }) =>
      `AWS refused without naming a policy, as it does across accounts: each request names ${account} as the owner of ${bucket}, so that the bucket is probably another account's.`,
    fix: ({ requestId }, { bucket, account }) =>
      `aws s3api list-buckets, with an administrator of ${account}, tells whether the account has ${bucket}: if not, apply the stack under another name. If it has, vault-env verify --as operator compares its policies. ${findIt(requestId)}`,
  },
  {
    id: 'denied-without-reason',
    fits: isDenial,
    cause: (_evidence, { bucket }) =>
      `AWS refused without saying which policy did: the role's policies, the policy of ${bucket}, a VPC endpoint, or a policy of the organization.`,
    fix: ({ requestId }) => `vault-env verify --as operator compares what this account holds. ${findIt(requestId)}`,
  },
];

function keyOf(evidence: Evidence, { keyArn = 'the key' }: EnvironmentFacts): string {
  const { resource = '' } = readDenial(evidence);
  return resource.includes(':kms:') ? resource : keyArn;
}

/**
 * Within one account S3 says who was refused what, and by which kind of policy.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
 */
function isBareRefusalOfS3({ call, message }: Evidence): boolean {
  return message.trim() === 'Access Denied' && serviceOf({ call }) === 'S3';
}

function findIt(requestId: string | undefined): string {
  return requestId === undefined
    ? 'CloudTrail has the request.'
    : `CloudTrail has the request under the id ${requestId}.`;
}
