import type { Evidence, Pattern } from '../result/diagnosis';
import { type Denial, isDenial, readDenial } from './denial-message';
import { actionOf, POLICY_TYPES, type PolicyType } from './policy-types';

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
