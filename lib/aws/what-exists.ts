import type { Answer } from './answer';
import type { ControlPlane } from './control-plane';

/** A thing by the name that it must have for itself. */
export interface NamedThing {
  /** Terraform's type. */
  readonly type: string;
  /** The name; of an IAM policy, its ARN. */
  readonly name: string;
}

/** Whether a thing is there, and with which tags; none where they could not be read. */
export type Existence =
  | { readonly state: 'there'; readonly tags: Readonly<Record<string, string>> }
  | { readonly state: 'absent' }
  | { readonly state: 'unknown'; readonly because: string };

type Tag = { readonly Key?: string | undefined; readonly Value?: string | undefined };
type Reader = Pick<ControlPlane, 's3' | 'iam' | 'kms'>;

/** A read of one type of thing. */
interface Reading {
  readonly read: (reader: Reader, name: string) => Promise<Answer<readonly Tag[] | undefined>>;
  /** AWS's codes for a thing that is not there, and for one that is and shows no tags. */
  readonly absent: string;
  readonly untagged?: readonly string[];
}

/**
 * The types whose name is theirs alone: of a bucket in its partition, of the others in their account.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList
 */
const READINGS: Readonly<Record<string, Reading>> = {
  aws_s3_bucket: {
    read: async ({ s3 }, Bucket) => tagsOf(await s3.getBucketTagging({ Bucket }), ({ TagSet }) => TagSet),
    absent: 'NoSuchBucket',
    untagged: [
      'NoSuchTagSet',
      ...['PermanentRedirect', 'IllegalLocationConstraintException', 'AuthorizationHeaderMalformed'],
    ],
  },
  aws_iam_role: {
    read: async ({ iam }, RoleName) => tagsOf(await iam.getRole({ RoleName }), ({ Role }) => Role?.Tags),
    absent: 'NoSuchEntity',
  },
  aws_iam_instance_profile: {
    read: async ({ iam }, InstanceProfileName) =>
      tagsOf(await iam.getInstanceProfile({ InstanceProfileName }), ({ InstanceProfile: found }) => found?.Tags),
    absent: 'NoSuchEntity',
  },
  aws_iam_policy: {
    read: async ({ iam }, PolicyArn) => tagsOf(await iam.getPolicy({ PolicyArn }), ({ Policy }) => Policy?.Tags),
    absent: 'NoSuchEntity',
  },
  aws_kms_alias: {
    read: async ({ kms }, KeyId) => tagsOf(await kms.describeKey({ KeyId }), () => undefined),
    absent: 'NotFoundException',
  },
};

/** Whether a thing of that name exists already; of a type without names of their own, nobody can tell. */
export async function askWhetherThere(reader: Reader, { type, name }: NamedThing): Promise<Existence> {
  const reading = READINGS[type];
  if (reading === undefined) return { state: 'unknown', because: `nothing here reads ${type}` };
  const answer = await reading.read(reader, name);
  if (answer.ok) return { state: 'there', tags: recordOf(answer.value ?? []) };
  if (answer.code === reading.absent) return { state: 'absent' };
  if (reading.untagged?.includes(answer.code)) return { state: 'there', tags: {} };
  return { state: 'unknown', because: `${answer.code}: ${answer.message}` };
}

function tagsOf<T>(answer: Answer<T>, find: (value: T) => readonly Tag[] | undefined): Answer<Tag[] | undefined> {
  return answer.ok ? { ...answer, value: find(answer.value)?.slice() } : answer;
}

function recordOf(tags: readonly Tag[]): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}
