import type { Statement } from '../types';
import { isUnnamed } from '../unnamed-statement';

/** @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
const PARTITIONS: readonly string[] = [
  'aws',
  'aws-cn',
  'aws-eusc',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
  'aws-us-gov',
];

/** Services whose ARNs have no region: their names, or IAM itself, are of the whole partition. */
const WITHOUT_REGION: readonly string[] = ['iam', 's3'];

/** Resources that S3 keeps in one region. @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
const REGIONAL_OF_S3 = /^(?:access-grants|accesspoint|async-request|job|storage-lens|storage-lens-group)\/|^[^/]*[*?]/;

/** How the resource part of an ARN of IAM can begin. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const IAM_TYPES: readonly string[] = [
  'access-report',
  'assumed-role',
  'federated-user',
  'group',
  'instance-profile',
  'mfa',
  'oidc-provider',
  'policy',
  'report',
  'role',
  'saml-provider',
  'server-certificate',
  'sms-mfa',
  'sts',
  'u2f',
  'user',
];

/** Policies of buckets and keys take any text. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html */
const SID = /^[0-9A-Za-z]*$/;

/**
 * Why IAM would refuse a statement of a policy that it keeps itself, beyond the policy language.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export function iamStatementProblems(statement: Statement, isTrust: boolean): readonly string[] {
  const { id, actions, resources } = statement;
  const isOfSts = actions.patterns.every((action) => action.toLowerCase().startsWith('sts:'));
  return [
    ...(SID.test(id) || isUnnamed(id)
      ? []
      : [
          'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
        ]),
    ...(isTrust && !isOfSts ? ['AssumeRole policy may only specify STS AssumeRole actions.'] : []),
    ...(resources?.patterns ?? []).flatMap((pattern) => arnProblem(pattern) ?? []),
  ];
}

function arnProblem(pattern: string): string | undefined {
  if (pattern === '*') return undefined;
  const [, partition = '', service = '', region = '', , ...rest] = pattern.split(':');
  if (!/[*?]/.test(partition) && !PARTITIONS.includes(partition))
    return `Partition "${partition}" is not valid for resource "${pattern}".`;
  const path = rest.join(':');
  const isRegional = service === 's3' && REGIONAL_OF_S3.test(path);
  if (WITHOUT_REGION.includes(service) && !isRegional && /^[a-z0-9-]+$/.test(region))
    return `Resource ${pattern} can not contain region information.`;
  if (service === 'iam' && !/^\*+$/.test(path) && path !== 'root' && !startsWithType(path))
    return `IAM resource path must either be "*" or start with ${IAM_TYPES.map((type) => `${type}/`).join(', ')}`;
  return undefined;
}

/** An ARN that is cut short has no resource part; the policy language says what becomes of it. */
function startsWithType(path: string): boolean {
  return path === '' || IAM_TYPES.some((type) => path.startsWith(`${type}/`));
}
