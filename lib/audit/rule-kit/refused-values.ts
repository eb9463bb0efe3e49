import { brokenBucketNameRules } from '../../config/bucket-name';

/** A demand of AWS or the provider on one argument. */
interface ValueRule {
  readonly type: string;
  readonly argument: string;
  /** In words, with its limits. */
  readonly rule: string;
  readonly isRight: (value: string) => boolean;
}

const named = (most: number) => (value: string) => new RegExp(`^[\\w+=,.@-]{1,${most}}$`).test(value);
const between = (least: number, most: number) => (value: string) =>
  /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most;
const name = (type: string, most: number): ValueRule => ({
  type,
  argument: 'name',
  rule: `must be of at most ${most} letters, digits and +=,.@_-`,
  isRight: named(most),
});
/** The provider puts 26 characters of its own behind a prefix. */
const prefix = (type: string, most: number): ValueRule => ({
  type,
  argument: 'name_prefix',
  rule: `must be of at most ${most - 26} letters, digits and +=,.@_-`,
  isRight: named(most - 26),
});
const path = (type: string): ValueRule => ({
  type,
  argument: 'path',
  rule: 'must begin and end with a slash, in at most 512 characters',
  isRight: (value) => value.length <= 512 && /^\/([!-~]+\/)?$/.test(value),
});
const range = (type: string, argument: string, least: number, most: number): ValueRule => ({
  type,
  argument,
  rule: `must be ${least} to ${most}`,
  isRight: between(least, most),
});

const bucketName = (type: string, argument: string): ValueRule => ({
  type,
  argument,
  rule: 'must be a name that S3 takes',
  isRight: (value) => brokenBucketNameRules(value).length === 0,
});

/**
 * Arguments that AWS refuses when they are applied, or the provider when it plans.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html
 */
export const VALUE_RULES: readonly ValueRule[] = [
  name('aws_iam_role', 64),
  prefix('aws_iam_role', 64),
  path('aws_iam_role'),
  range('aws_iam_role', 'max_session_duration', 3600, 43_200),
  name('aws_iam_policy', 128),
  prefix('aws_iam_policy', 128),
  path('aws_iam_policy'),
  name('aws_iam_role_policy', 128),
  prefix('aws_iam_role_policy', 128),
  name('aws_iam_instance_profile', 128),
  prefix('aws_iam_instance_profile', 128),
  path('aws_iam_instance_profile'),
  {
    type: 'aws_kms_alias',
    argument: 'name',
    rule: "must be 'alias/' and letters, digits, '/', '_' or '-', of at most 256 characters, and not begin with 'alias/aws/'",
    isRight: (value) => value.length <= 256 && /^alias\/(?!aws\/)[\w/-]+$/.test(value),
  },
  range('aws_kms_key', 'deletion_window_in_days', 7, 30),
  range('aws_kms_key', 'rotation_period_in_days', 90, 2560),
  bucketName('aws_s3_bucket', 'bucket'),
  bucketName('aws_s3_bucket_logging', 'target_bucket'),
];
