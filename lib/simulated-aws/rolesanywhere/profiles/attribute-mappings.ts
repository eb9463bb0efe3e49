import { type Input, requiredObjects, requiredString } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import type { CertificateField, Profile } from '../../state/services/roles-anywhere-state';
import { requireResource } from '../request/access';
import { type Output, validationException } from '../request/operation';
import { keep } from '../request/resource-operations';
import { profileKind } from './profile-kind';

const FIELDS: readonly CertificateField[] = ['x509Subject', 'x509Issuer', 'x509SAN'];

/**
 * The mappings of a new profile.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/attribute-mapping.html#attribute-mapping-default
 */
export const DEFAULT_MAPPINGS: Profile['attributeMappings'] = new Map<CertificateField, readonly string[]>([
  ['x509Issuer', ['*']],
  ['x509SAN', ['DNS', 'URI', 'Name/*']],
  ['x509Subject', ['*']],
]);

/**
 * Adds rules to those of a field.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_PutAttributeMapping.html
 */
export function putAttributeMapping(call: Call, input: Input): Output {
  const field = readField(input);
  const added = requiredObjects(input, 'mappingRules').map((rule) =>
    requiredString(rule, 'specifier', { maxLength: 60 }),
  );
  const profile = requireResource(call, input, profileKind, { action: 'rolesanywhere:PutAttributeMapping' });
  const specifiers = [...new Set([...(profile.attributeMappings.get(field) ?? []), ...added])];
  return keepMapping(call, profile, [field, specifiers]);
}

/**
 * Takes rules of a field away, or the field where the request names none.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_DeleteAttributeMapping.html
 */
export function deleteAttributeMapping(call: Call, input: Input): Output {
  const field = readField(input);
  // The values of a repeated parameter come joined.
  const removed = 'specifiers' in input ? requiredString(input, 'specifiers').split(',') : undefined;
  const profile = requireResource(call, input, profileKind, { action: 'rolesanywhere:DeleteAttributeMapping' });
  const before = profile.attributeMappings.get(field) ?? [];
  const absent = removed?.find((specifier) => !before.includes(specifier));
  if (absent !== undefined) throw validationException(`There is no mapping rule for ${field}/${absent}`);
  return keepMapping(call, profile, [
    field,
    removed === undefined ? [] : before.filter((rule) => !removed.includes(rule)),
  ]);
}

type Mapping = readonly [field: CertificateField, specifiers: readonly string[]];

function keepMapping(call: Call, profile: Profile, [field, specifiers]: Mapping): Output {
  const others = [...profile.attributeMappings].filter(([other]) => other !== field);
  const mappings: readonly Mapping[] = specifiers.length === 0 ? others : [...others, [field, specifiers]];
  return keep(call, profileKind, { ...profile, attributeMappings: new Map(mappings) });
}

function readField(input: Input): CertificateField {
  return requiredString(input, 'certificateField', { oneOf: FIELDS }) as CertificateField;
}
