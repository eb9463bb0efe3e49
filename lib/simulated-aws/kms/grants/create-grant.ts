import type { Call } from '../../service';
import { notImplemented } from '../../wire/aws-error';
import { endDryRun } from '../dry-run';
import { kmsError, validationError } from '../key-errors';
import { requireEnabled } from '../key-use';
import type { Output } from '../operation';
import { type Input, optionalObject, optionalString, requiredString, requiredStrings, stringMap } from '../parameters';
import { requestedKey, saveKey } from '../requested-key';
import type { KmsKey } from '../state';
import { constraintContext } from './constraint-context';
import { type Grant, type GrantConstraints, grantOperations } from './grant';
import { readGrantPrincipal } from './grant-principal';
import { newGrantToken, presentedGrants } from './grant-tokens';

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html */
const maxPairs = 8;
const maxValueLength = 384;

type RequestedGrant = Pick<Grant, 'name' | 'grantee' | 'retiring' | 'operations' | 'constraints'>;

/**
 * A named grant that is there already with the same properties is not made twice.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html
 */
export function createGrant(call: Call, input: Input): Output {
  const requested = readRequestedGrant(call, input);
  const key = requestedKey(call, input, {
    action: 'kms:CreateGrant',
    context: contextOf(requested),
    presentedGrants: presentedGrants(call.account, input),
    requested,
  });
  requireEnabled(key);
  endDryRun(input);
  const token = newGrantToken(call.account);
  const existing = key.grants.find((grant) => isRepeated(grant, requested));
  const grant = existing ?? newGrant(call, requested);
  putGrant(call, key, { ...grant, tokens: [...grant.tokens, token] });
  return { GrantId: grant.grantId, GrantToken: token };
}

function readRequestedGrant({ account }: Call, input: Input): RequestedGrant {
  const name = optionalString(input, 'Name');
  const retiring = optionalString(input, 'RetiringPrincipal');
  return {
    ...(name === undefined ? {} : { name: requireName(name) }),
    grantee: readGrantPrincipal(account, requiredString(input, 'GranteePrincipal')),
    ...(retiring === undefined ? {} : { retiring: readGrantPrincipal(account, retiring) }),
    operations: requireOperations(requiredStrings(input, 'Operations')),
    constraints: readConstraints(optionalObject(input, 'Constraints')),
  };
}

function requireName(name: string): string {
  if (!/^[a-zA-Z0-9:/_-]{1,256}$/.test(name)) {
    throw validationError(
      `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$`,
    );
  }
  return name;
}

function requireOperations(names: readonly string[]): readonly string[] {
  const other = names.find((name) => !grantOperations.has(name));
  if (other !== undefined || names.length === 0) {
    throw validationError(
      `A grant on a symmetric encryption key permits some of ${[...grantOperations].join(', ')}, got: ${other ?? 'none'}`,
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
  if (Object.keys(pairs).length > maxPairs || Object.values(pairs).some(({ length }) => length > maxValueLength)) {
    throw kmsError(
      'LimitExceededException',
      `A grant constraint has at most ${maxPairs} encryption context pairs, with values of at most ${maxValueLength} characters.`,
    );
  }
  return pairs;
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/grant-authorization.html */
function contextOf({ grantee, retiring, operations, constraints }: RequestedGrant) {
  return {
    'kms:GranteePrincipal': grantee.arn,
    ...(retiring === undefined ? {} : { 'kms:RetiringPrincipal': retiring.arn }),
    'kms:GrantOperations': operations,
    'kms:GrantIsForAWSResource': 'false',
    ...constraintContext(constraints),
  };
}

function isRepeated({ name, grantee, retiring, operations, constraints }: Grant, requested: RequestedGrant): boolean {
  const propertiesOf = (grant: RequestedGrant) =>
    JSON.stringify([grant.grantee, grant.retiring, [...grant.operations].sort(), grant.constraints]);
  return name !== undefined && name === requested.name
    ? propertiesOf({ grantee, operations, constraints, ...(retiring === undefined ? {} : { retiring }) }) ===
        propertiesOf(requested)
    : false;
}

function newGrant({ account }: Call, requested: RequestedGrant): Grant {
  return {
    ...requested,
    grantId: account.randomBytes(32).toString('hex'),
    createdAt: account.now(),
    issuingAccount: account.accountId,
    tokens: [],
  };
}

function putGrant({ account }: Call, key: KmsKey, grant: Grant): void {
  const others = key.grants.filter(({ grantId }) => grantId !== grant.grantId);
  saveKey(account, { ...key, grants: [...others, grant] });
}
