import { ADOPTABLE, type Adoptable } from '../../config/adoptable';
import { isForeignRole } from '../../policy/resource-names';
import type { AdoptionItem } from '../adoption';
import type { Found } from '../found/found';
import type { Wanted } from '../wanted';
import { isSet, item, type Judge, readValue, type Sides } from './judgement';

/** Whether a thing is there; `undefined` where that could not be read. */
type IsThere = (found: Found, wanted: Wanted) => boolean | undefined;

interface Thing {
  readonly address: string;
  readonly isThere: IsThere;
  /** Whether the stack makes it, so that one that exists stands in the way. */
  readonly isMade: (wanted: Wanted) => boolean;
  /** Terraform's behaviour where it exists and is not named. */
  readonly unnamed: string;
}

const ALREADY = 'Terraform would fail to make it';
const OVERWRITES = 'Terraform would write over it, and no plan would show what was there';

const always = () => true;
const whenKnown =
  <T>(read: (found: Found) => T | undefined, isThere: (value: T) => boolean): IsThere =>
  (found) => {
    const value = read(found);
    return value === undefined ? undefined : isThere(value);
  };

const setting = (
  type: string,
  name: 'versioning' | 'encryption' | 'publicAccessBlock' | 'ownership' | 'lifecycle',
) => ({
  address: `${type}.backup`,
  isThere: whenKnown(({ bucket }) => readValue(bucket[name]), isSet),
  isMade: always,
  unnamed: OVERWRITES,
});

const hasRole = ({ environment: { host } }: Wanted) => host.kind !== 'existing-role';
const managesKey = ({ environment: { encryption }, adopt }: Wanted) =>
  (encryption.method === 'AWS-KMS' && encryption.key === undefined) ||
  encryption.former.includes('created') ||
  adopt.includes('key');

/** Everything that can be taken over. */
const THINGS: Readonly<Record<Adoptable, Thing>> = {
  bucket: { address: 'aws_s3_bucket.backup', isThere: bucketIsThere, isMade: always, unnamed: ALREADY },
  versioning: setting('aws_s3_bucket_versioning', 'versioning'),
  encryption: setting('aws_s3_bucket_server_side_encryption_configuration', 'encryption'),
  'public-access-block': setting('aws_s3_bucket_public_access_block', 'publicAccessBlock'),
  ownership: setting('aws_s3_bucket_ownership_controls', 'ownership'),
  'bucket-policy': {
    address: 'aws_s3_bucket_policy.backup',
    isThere: ({ bucket: { policy } }) => (policy.answer.ok ? policy.answer.value !== undefined : undefined),
    isMade: always,
    unnamed: OVERWRITES,
  },
  lifecycle: setting('aws_s3_bucket_lifecycle_configuration', 'lifecycle'),
  'access-log': {
    address: 'aws_s3_bucket_logging.backup',
    isThere: whenKnown(({ bucket }) => readValue(bucket.logging), isSet),
    isMade: ({ environment }) => environment.accessLog !== undefined,
    unnamed: OVERWRITES,
  },
  'object-lock': {
    address: 'aws_s3_bucket_object_lock_configuration.backup',
    isThere: whenKnown(({ bucket }) => readValue(bucket.objectLock), isSet),
    isMade: ({ environment }) => environment.objectLock !== undefined,
    unnamed: OVERWRITES,
  },
  key: {
    address: 'aws_kms_key.backup',
    isThere: ({ keys: [key] }) =>
      key === undefined ? false : key.state.answer.ok ? key.state.answer.value !== undefined : undefined,
    // A key that is not named is used as it is.
    isMade: ({ adopt }) => adopt.includes('key'),
    unnamed: '',
  },
  alias: {
    address: 'aws_kms_alias.backup',
    isThere: ({ aliasTarget }) => (aliasTarget.answer.ok ? aliasTarget.answer.value !== undefined : undefined),
    isMade: managesKey,
    unnamed: ALREADY,
  },
  role: {
    address: 'aws_iam_role.vault',
    isThere: ({ role }) => (role.answer.ok ? role.answer.value !== undefined : undefined),
    isMade: hasRole,
    unnamed: ALREADY,
  },
  'instance-profile': {
    address: 'aws_iam_instance_profile.vault',
    isThere: ({ instanceProfile }) =>
      instanceProfile.answer.ok ? instanceProfile.answer.value !== undefined : undefined,
    isMade: ({ instanceProfile }) => instanceProfile !== undefined,
    unnamed: ALREADY,
  },
  policies: {
    address: 'aws_iam_policy.s3',
    isThere: whenKnown(
      ({ ownPolicies }) => readValue(ownPolicies),
      (arns) => arns.length > 0,
    ),
    isMade: ({ environment }) => !isForeignRole(environment),
    unnamed: ALREADY,
  },
  attachments: {
    address: 'aws_iam_role_policy_attachment.s3',
    isThere: ({ attached }, { policyArns }) => readValue(attached)?.some(({ arn }) => policyArns.includes(arn)),
    // To attach once more changes nothing.
    isMade: ({ adopt }) => adopt.includes('attachments'),
    unnamed: '',
  },
};

/** S3 says so of a bucket that nobody has. */
function bucketIsThere({ bucket: { region } }: Found): boolean | undefined {
  if (region.answer.ok) return true;
  return region.answer.code === 'NoSuchBucket' ? false : undefined;
}

/** A bucket that is not there has no settings. */
function isThereIn(thing: Adoptable, { found, wanted }: Sides): boolean | undefined {
  const { address, isThere } = THINGS[thing];
  if (address.startsWith('aws_s3_bucket_') && bucketIsThere(found) === false) return false;
  return isThere(found, wanted);
}

/** Existing things that can be taken over. */
export function thereIn(sides: Sides): readonly Adoptable[] {
  return ADOPTABLE.filter((thing) => THINGS[thing].isMade(sides.wanted) && isThereIn(thing, sides) === true);
}

/** Things that the stack makes, because they are not there. */
export function madeIn(sides: Sides): readonly Adoptable[] {
  const isMade = (thing: Adoptable) => THINGS[thing].isMade(sides.wanted) && isThereIn(thing, sides) === false;
  return ADOPTABLE.filter((thing) => isMade(thing) && !sides.wanted.adopt.includes(thing));
}

/** The file and the account have to name the same thing. */
export const judgePresence: Judge = (sides) =>
  ADOPTABLE.flatMap((thing): readonly AdoptionItem[] => {
    const { address, isMade, unnamed } = THINGS[thing];
    if (!isMade(sides.wanted)) return [];
    const there = isThereIn(thing, sides);
    const isNamed = sides.wanted.adopt.includes(thing);
    if (there === undefined)
      return [
        item(`${address}/there`, { verdict: 'unknown', detail: `whether there is one (${thing}) could not be read` }),
      ];
    if (there === isNamed || (there && unnamed === '')) return [];
    const detail = there
      ? `it exists, and adopt does not name ${thing}: ${unnamed}`
      : `adopt names ${thing}, and there is none: Terraform would find nothing to import`;
    return [
      item(`${address}/there`, {
        verdict: 'blocks',
        was: there ? 'exists' : 'does not exist',
        is: isNamed ? 'taken over' : 'made',
        detail,
      }),
    ];
  });
