import { ABSENT, type Answer, known, unknown } from './answer';
import type { Place } from './place';
import type { StackResource } from './stack-document';

/** The id of every key and trust anchor that is yet to be made. */
export const MADE_UP_ID = '00000000-0000-4000-8000-000000000000';

interface Asked {
  readonly resource: StackResource;
  readonly name: string;
  readonly place: Partial<Place>;
  /** Another argument of the same resource, as text. */
  readonly argument: (name: string) => Answer<string>;
}

/** How an attribute is made of arguments (`{name}`) and of the place; `path` stands for `/` when it is left out. */
const PATTERNS: Readonly<Record<string, string>> = {
  'aws_kms_key.arn': `arn:{partition}:kms:{region}:{account}:key/${MADE_UP_ID}`,
  'aws_kms_key.id': MADE_UP_ID,
  'aws_kms_key.key_id': MADE_UP_ID,
  'aws_kms_alias.arn': 'arn:{partition}:kms:{region}:{account}:{name}',
  'aws_iam_role.arn': 'arn:{partition}:iam::{account}:role{path}{name}',
  'aws_iam_role.id': '{name}',
  'aws_iam_policy.arn': 'arn:{partition}:iam::{account}:policy{path}{name}',
  'aws_iam_policy.id': 'arn:{partition}:iam::{account}:policy{path}{name}',
  'aws_iam_instance_profile.arn': 'arn:{partition}:iam::{account}:instance-profile{path}{name}',
  'aws_rolesanywhere_profile.arn': `arn:{partition}:rolesanywhere:{region}:{account}:profile/${MADE_UP_ID}`,
  'aws_rolesanywhere_profile.id': MADE_UP_ID,
  'aws_rolesanywhere_trust_anchor.arn': `arn:{partition}:rolesanywhere:{region}:{account}:trust-anchor/${MADE_UP_ID}`,
  'aws_rolesanywhere_trust_anchor.id': MADE_UP_ID,
  'aws_s3_bucket.arn': 'arn:{partition}:s3:::{bucket}',
  'aws_s3_bucket.id': '{bucket}',
};

/** An attribute that AWS or the provider computes: what it will be, up to ids that AWS chooses. */
export function computedAttribute({ resource, name, place, argument }: Asked): Answer<string> {
  const pattern = PATTERNS[`${resource.type}.${name}`];
  if (pattern === undefined) return ABSENT;
  const places: Readonly<Record<string, string | undefined>> = { ...place };
  let missing: string | undefined;
  const text = pattern.replaceAll(/\{(\w+)\}/g, (_, part: string) => {
    if (part in PLACE_PARTS) {
      missing ??= places[part] === undefined ? `the ${part}, which no input says` : undefined;
      return places[part] ?? '';
    }
    const found = argument(part);
    if (found.state === 'known') return found.value;
    if (part === 'path' && found.state === 'absent') return '/';
    missing ??= found.state === 'unknown' ? found.because : `\${${resource.address}.${part}}`;
    return '';
  });
  return missing === undefined ? known(text) : unknown(missing);
}

const PLACE_PARTS: Readonly<Record<keyof Place, true>> = { partition: true, account: true, region: true };
