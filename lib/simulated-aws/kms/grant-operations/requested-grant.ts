import {
  type Input,
  optionalObject,
  optionalString,
  requiredString,
  requiredStrings,
  stringMap,
} from '../../service/json-parameters';
import type { Call } from '../../service/service';
import { GRANT_OPERATIONS, type Grant, type GrantConstraints } from '../../state/services/grant';
import { notImplemented } from '../../wire/http/aws-error';
import { kmsError, validationError } from '../request/key-errors';
import { readGrantPrincipal } from './grant-principal';

/** A new grant as a request describes it. */
export type RequestedGrant = Pick<Grant, 'name' | 'grantee' | 'retiring' | 'operations' | 'constraints'>;

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html */
const MAX_PAIRS = 8;
const MAX_VALUE_LENGTH = 384;

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html */
const NAME_RULE = { maxLength: 256, pattern: /[a-zA-Z0-9:/_-]+/ };
const PRINCIPAL_RULE = { maxLength: 256, pattern: /[\w+=,.@:/-]+/ };

/** @throws {AwsError} `ValidationException`, `InvalidArnException`, `LimitExceededException`; `NotImplemented` by name */
export function readRequestedGrant({ account }: Call, input: Input): RequestedGrant {
  const name = optionalString(input, 'Name', NAME_RULE);
  const retiring = optionalString(input, 'RetiringPrincipal', PRINCIPAL_RULE);
  return {
    ...(name === undefined ? {} : { name }),
    grantee: readGrantPrincipal(account, requiredString(input, 'GranteePrincipal', PRINCIPAL_RULE)),
    ...(retiring === undefined ? {} : { retiring: readGrantPrincipal(account, retiring) }),
    operations: requireOperations(requiredStrings(input, 'Operations')),
    constraints: readConstraints(optionalObject(input, 'Constraints')),
  };
}

function requireOperations(names: readonly string[]): readonly string[] {
  const other = names.find((name) => !GRANT_OPERATIONS.has(name));
  if (other !== undefined || names.length === 0) {
    throw validationError(
      `A grant on a symmetric encryption key permits some of ${[...GRANT_OPERATIONS].join(', ')}, got: ${other ?? 'none'}`,
    );
  }
  return [...new Set(names)];
}

function readConstraints(input: Input): GrantConstraints {
  const names = Object.keys(input);
  const other = names.find((name) => name !== 'EncryptionContextEquals' && name !== 'EncryptionContextSubset');
  if (other !== undefined) {
    throw notImplemented(`the grant constraint "${other}"`);
  }
  return Object.fromEntries(names.map((name) => [name, requirePairs(stringMap(input, name))]));
}

/** @throws {AwsError} `LimitExceededException` */
function requirePairs(pairs: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (Object.keys(pairs).length > MAX_PAIRS || Object.values(pairs).some(({ length }) => length > MAX_VALUE_LENGTH)) {
    throw kmsError(
      'LimitExceededException',
      `A grant constraint has at most ${MAX_PAIRS} encryption context pairs, with values of at most ${MAX_VALUE_LENGTH} characters.`,
    );
  }
  return pairs;
}
