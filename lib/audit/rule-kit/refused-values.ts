import { brokenBucketNameRules } from '../../config/bucket-name';
import {
  DELETION_DAYS,
  MOST_OF_ALIAS,
  MOST_OF_NAME,
  MOST_OF_PATH,
  NAME_PATTERN,
  PATH_PATTERN,
  POLICY_PATH_PATTERN,
  ROTATION_DAYS,
  SESSION_SECONDS,
} from '../../iam';

/** A demand of AWS or the provider on one argument. */
interface ValueRule {
  readonly type: string;
  readonly argument: string;
  /** In words, with its limits. */
  readonly rule: string;
  readonly isRight: (value: string) => boolean;
}

const isWhole = (pattern: RegExp, value: string) => new RegExp(`^(?:${pattern.source})$`, 'u').test(value);
const named = (most: number) => (value: string) => value.length <= most && isWhole(NAME_PATTERN, value);
interface Range {
  readonly min: number;
  readonly max: number;
}

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
const path = (type: string, pattern: RegExp, characters: string): ValueRule => ({
  type,
  argument: 'path',
  rule: `must begin and end with a slash, in at most ${MOST_OF_PATH} ${characters}`,
  isRight: (value) => value.length <= MOST_OF_PATH && isWhole(pattern, value),
});
const range = (type: string, argument: string, { min, max }: Range): ValueRule => ({
  type,
  argument,
  rule: `must be ${min} to ${max}`,
  isRight: between(min, max),
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
  name('aws_iam_role', MOST_OF_NAME.role),
  prefix('aws_iam_role', MOST_OF_NAME.role),
  path('aws_iam_role', PATH_PATTERN, 'characters of ASCII'),
  range('aws_iam_role', 'max_session_duration', SESSION_SECONDS),
  name('aws_iam_policy', MOST_OF_NAME.policy),
  prefix('aws_iam_policy', MOST_OF_NAME.policy),
  path('aws_iam_policy', POLICY_PATH_PATTERN, 'letters, digits and +=,.@_-'),
  name('aws_iam_role_policy', MOST_OF_NAME.policy),
  prefix('aws_iam_role_policy', MOST_OF_NAME.policy),
  name('aws_iam_instance_profile', MOST_OF_NAME.instanceProfile),
  prefix('aws_iam_instance_profile', MOST_OF_NAME.instanceProfile),
  path('aws_iam_instance_profile', PATH_PATTERN, 'characters of ASCII'),
  {
    type: 'aws_kms_alias',
    argument: 'name',
    rule: "must be 'alias/' and letters, digits, '/', '_' or '-', of at most 256 characters, and not begin with 'alias/aws/'",
    isRight: (value) => value.length <= MOST_OF_ALIAS && /^alias\/(?!aws\/)[\w/-]+$/.test(value),
  },
  range('aws_kms_key', 'deletion_window_in_days', DELETION_DAYS),
  range('aws_kms_key', 'rotation_period_in_days', ROTATION_DAYS),
  bucketName('aws_s3_bucket', 'bucket'),
  bucketName('aws_s3_bucket_logging', 'target_bucket'),
];
