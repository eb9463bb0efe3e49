/** A rule of AWS's bucket naming: what a name has to be. */
type NameRule = (name: string) => boolean;

const RESERVED_PREFIXES = ['xn--', 'sthree-', 'amzn-s3-demo-'];
const RESERVED_SUFFIXES = ['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3', '-an'];

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const RULES: readonly NameRule[] = [
  (name) => name.length >= 3 && name.length <= 63,
  (name) => /^[a-z0-9.-]*$/.test(name),
  (name) => /^[a-z0-9].*[a-z0-9]$/.test(name),
  (name) => !name.includes('..'),
  (name) => !/^\d+\.\d+\.\d+\.\d+$/.test(name),
  (name) => !RESERVED_PREFIXES.some((prefix) => name.startsWith(prefix)),
  (name) => !RESERVED_SUFFIXES.some((suffix) => name.endsWith(suffix)),
];

/** Whether a new general purpose bucket may have that name. */
export function isBucketName(name: string): boolean {
  return RULES.every((rule) => rule(name));
}
