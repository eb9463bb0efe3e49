import { partitionOf } from './partition';

/** A rule of bucket naming: what it demands, and whether a name breaks it. */
interface BucketNameRule {
  readonly rule: string;
  readonly isBroken: (name: string) => boolean;
}

const RESERVED_PREFIXES = ['xn--', 'sthree-', 'amzn-s3-demo-'];
const RESERVED_SUFFIXES = ['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3'];

/** Names that only their account can have, in one region. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html */
const ACCOUNT_REGIONAL = /^(.+)-\d{12}-([a-z0-9-]+)-an$/;

const MOST_CHARACTERS = 63;

const RULES: readonly BucketNameRule[] = [
  { rule: 'must be 3 to 63 characters long', isBroken: (name) => name.length < 3 || name.length > MOST_CHARACTERS },
  {
    rule: 'must consist of lowercase letters, digits, dots and hyphens',
    isBroken: (name) => !/^[a-z0-9.-]*$/.test(name),
  },
  {
    rule: 'must begin and end with a letter or a digit',
    isBroken: (name) => !/^[a-zA-Z0-9]/.test(name) || !/[a-zA-Z0-9]$/.test(name),
  },
  { rule: 'must not contain two adjacent dots', isBroken: (name) => name.includes('..') },
  { rule: 'must not be formatted as an IP address', isBroken: (name) => /^\d{1,3}(\.\d{1,3}){3}$/.test(name) },
  ...RESERVED_PREFIXES.map((prefix) => ({
    rule: `must not start with '${prefix}', which AWS reserves`,
    isBroken: (name: string) => name.startsWith(prefix),
  })),
  ...RESERVED_SUFFIXES.map((suffix) => ({
    rule: `must not end with '${suffix}', which AWS reserves`,
    isBroken: (name: string) => name.endsWith(suffix),
  })),
  {
    rule: "must not end with '-an': the AWS provider, as of 5.100, cannot make a bucket in the account regional namespace",
    isBroken: (name) => name.endsWith('-an'),
  },
];

/** The rules that a bucket's name breaks which somebody else made: one in an account regional namespace is right. */
export function brokenExistingNameRules(name: string): readonly string[] {
  const [, prefix = '', region = ''] = ACCOUNT_REGIONAL.exec(name) ?? [];
  if (prefix !== '' && partitionOf(region) !== undefined && name.length <= MOST_CHARACTERS)
    return brokenBucketNameRules(`${prefix}-0`);
  return brokenBucketNameRules(name);
}

/**
 * The rules of general purpose bucket names that `name` breaks; none when it is legal.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function brokenBucketNameRules(name: string): readonly string[] {
  return RULES.filter(({ isBroken }) => isBroken(name)).map(({ rule }) => rule);
}
