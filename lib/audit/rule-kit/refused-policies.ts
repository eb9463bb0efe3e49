import {
  type Attachment,
  bucketConditionProblem,
  bucketStatementProblem,
  iamStatementProblems,
  MOST_OF_POLICY,
  sizeOfPolicy,
} from '../../iam';
import type { PolicyReading, Subject } from '../subject/subject';

const ATTACHMENTS: Readonly<Record<string, Attachment>> = {
  aws_iam_role: 'trust',
  aws_iam_policy: 'managed',
  aws_iam_role_policy: 'inline-of-role',
  aws_iam_user_policy: 'inline-of-user',
  aws_iam_group_policy: 'inline-of-group',
  aws_s3_bucket_policy: 'bucket',
  aws_kms_key: 'key',
  aws_kms_key_policy: 'key',
};

/** Why AWS would not take a policy where the stack puts it, in one sentence each. */
export function refusedPolicy(reading: PolicyReading, subject: Subject): readonly string[] {
  const attachment = ATTACHMENTS[reading.resource.type];
  if (attachment === undefined || reading.text.state !== 'known') return [];
  return [...sizeProblems(reading, attachment, subject), ...statementProblems(reading, attachment, subject)];
}

/** IAM counts the inline policies of a role, user or group together. */
function sizeProblems(reading: PolicyReading, attachment: Attachment, subject: Subject): readonly string[] {
  const { most, unit } = MOST_OF_POLICY[attachment];
  const counted = attachment.startsWith('inline-') ? besideOf(reading, subject) : [reading];
  const size = counted.reduce(
    (sum, { text }) => sum + (text.state === 'known' ? sizeIn(text.value, attachment) : 0),
    0,
  );
  if (size <= most) return [];
  const together = counted.length === 1 ? '' : ` with ${counted.length - 1} other inline policies`;
  return [`it has ${size} ${unit}${together}, and AWS takes ${most}`];
}

/** The provider sends the document without white space between its parts. */
function sizeIn(text: string, attachment: Attachment): number {
  try {
    return sizeOfPolicy(JSON.stringify(JSON.parse(text)), attachment);
  } catch {
    return sizeOfPolicy(text, attachment);
  }
}

const HOLDERS = ['role', 'user', 'group'] as const;

function besideOf(reading: PolicyReading, { policies, read }: Subject): readonly PolicyReading[] {
  const { type } = reading.resource;
  const holderOf = ({ resource }: PolicyReading) => JSON.stringify(HOLDERS.map((name) => read(resource, name)));
  return policies.filter((one) => one.resource.type === type && holderOf(one) === holderOf(reading));
}

function statementProblems({ policy, resource }: PolicyReading, attachment: Attachment, subject: Subject) {
  if (policy.state !== 'known') return [];
  const { statements } = policy.value;
  if (attachment === 'key') return [];
  if (attachment !== 'bucket')
    return statements.flatMap((one) => iamStatementProblems(one, attachment === 'trust').map(of(one.id)));
  const bucket = subject.buckets.find(({ companions }) => companions(resource.type).found.includes(resource));
  if (bucket?.arn.state !== 'known') return [];
  const { value } = bucket.arn;
  return statements.flatMap((one) => {
    const problem = bucketStatementProblem(one, value) ?? bucketConditionProblem(one);
    return problem === undefined ? [] : [of(one.id)(problem)];
  });
}

const of = (id: string) => (problem: string) => `'${id}': ${problem}`;
