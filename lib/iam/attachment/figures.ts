/** Managed policies that a role may have unless AWS raised the quota of its account. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const MOST_ATTACHED_POLICIES = 10;

/** Letters of a name in IAM, and the most of them by the kind of thing. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const NAME_PATTERN = /[\w+=,.@-]+/;
export const MOST_OF_NAME = { role: 64, user: 128, policy: 128, instanceProfile: 128 } as const;

/** Paths in IAM; those of managed policies have fewer characters. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
export const PATH_PATTERN = /(\/)|(\/[\u0021-\u007E]+\/)/;
export const POLICY_PATH_PATTERN = /((\/[A-Za-z0-9.,+@=_-]+)*)\//;
export const MOST_OF_PATH = 512;

/** Seconds that a role may let its sessions last. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const SESSION_SECONDS = { min: 3600, max: 43_200, byDefault: 3600 } as const;

/** Days between two rotations of a key. @see https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html */
export const ROTATION_DAYS = { min: 90, max: 2560, byDefault: 365 } as const;

/** Days that a key waits for its deletion. @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html */
export const DELETION_DAYS = { min: 7, max: 30, byDefault: 30 } as const;

/** Letters of an alias of a key. @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html */
export const MOST_OF_ALIAS = 256;
