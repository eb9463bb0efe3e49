import type { Catalogue } from '../../catalogue';
import { ToolkitError } from '../../errors';
import type { Proof } from '../permission-proof/proof';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import type { RolePolicyText } from '../policies/role-policies';
import { type Declaration, readPoliciesOf } from '../policies/stack-policies';
import { proveByShape } from '../proofs-by-shape/prove-by-shape';
import { accountBaseOutput } from '../stack/account-base-output';
import { type Answer, known, unknown } from '../stack/answer';
import { valueAt } from '../stack/argument';
import type { Place } from '../stack/place';
import { type References, referencesOf } from '../stack/resolve-references';
import type { StackDocument } from '../stack/stack-document';
import { findStrays } from './find-strays';
import { companionFinder } from './links';
import { declarationOf, type Given, placeOf } from './place';
import { readPolicyDocuments } from './policy-readings';
import { readBuckets } from './read-buckets';
import { readKeys } from './read-keys';
import { readRoles } from './read-roles';
import type { BucketSubject, ReadArgument, StackParts, Subject } from './subject';

/** Takes a stack apart into what rules look at; its permissions are proven when the first rule asks about them. */
export function readSubject(stack: StackDocument, catalogue: Catalogue, given: Given = {}): Subject {
  const parts = readParts(stack, given);
  const { environment } = parts;
  let proof: Answer<Proof> | undefined;
  return {
    ...parts,
    catalogue,
    get proof() {
      proof ??= environment.state === 'known' ? prove(environment.value, catalogue) : environment;
      return proof;
    },
    ...(stack.before && { before: readParts(stack.before, given) }),
  };
}

export function readParts(stack: StackDocument, given: Given = {}): StackParts {
  const place = placeOf(stack, given);
  const references = referencesOf(stack, place);
  const read = argumentReader(references);
  const policies = readPolicyDocuments(stack, read);
  const readers = { stack, references, read, policies, find: companionFinder(stack, references) };
  const accountBase = accountBaseOutput(stack);
  const buckets = readBuckets(readers);
  const keys = readKeys(readers, place);
  const main = buckets.find(({ takesLogs }) => !takesLogs) ?? buckets[0];
  const declaration = declarationOf(stack, main?.encryption, given);
  return {
    stack,
    ...(accountBase && { accountBase }),
    place,
    buckets,
    keys,
    roles: readRoles(readers, declaration, { place, buckets, keys }),
    policies,
    ...(given.asOf !== undefined && { asOf: given.asOf }),
    declaration,
    environment: readEnvironment(withoutLogBuckets(stack, buckets), place, declaration, given.rolePolicies),
    strays: findStrays(stack, readers, declaration, place.account),
    read,
    ofType: (type) => stack.resources.filter((resource) => resource.type === type),
  };
}

/** A bucket that takes the access logs of the one for backups is none for backups; rules judge it by itself. */
function withoutLogBuckets(stack: StackDocument, buckets: readonly BucketSubject[]): StackDocument {
  const logs = buckets.filter(({ takesLogs }) => takesLogs);
  if (logs.length === 0 || buckets.length - logs.length !== 1) return stack;
  const theirs = new Set(
    logs.flatMap(({ resource, companions }) => [
      resource,
      ...stack.resources.filter((one) => companions(one.type).found.includes(one)),
    ]),
  );
  return { ...stack, resources: stack.resources.filter((one) => !theirs.has(one)) };
}

function readEnvironment(
  stack: StackDocument,
  { partition, account, region }: Partial<Place>,
  declaration: Answer<Declaration>,
  rolePolicies: readonly RolePolicyText[] = [],
): Answer<EnvironmentPolicies> {
  if (account === undefined) return unknown('no input says the account; name it with --account');
  if (partition === undefined || region === undefined)
    return unknown('no input says the region; name it with --region');
  if (declaration.state !== 'known') return declaration;
  return unlessToolkitError(() =>
    readPoliciesOf(stack, { partition, account, region }, declaration.value, rolePolicies),
  );
}

function prove(policies: EnvironmentPolicies, catalogue: Catalogue): Answer<Proof> {
  return unlessToolkitError(() => proveByShape({ policies, catalogue }));
}

/** A policy that can be neither read nor evaluated is unknown; a defect stays an error. */
function unlessToolkitError<Value>(work: () => Value): Answer<Value> {
  try {
    return known(work());
  } catch (error) {
    if (error instanceof ToolkitError) return unknown(firstLine(error.message));
    throw error;
  }
}

/** The finding says what to do about it. */
function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}

/** Reads arguments with references resolved; text comes out as Terraform would hand it to the provider. */
function argumentReader({ answer }: References): ReadArgument {
  return ({ arguments: given }, path) => {
    const found = valueAt(given, path);
    if (found.state !== 'known' || typeof found.value !== 'string') return found;
    return withoutEscapes(answer(found.value));
  };
}

/** Terraform writes a policy variable with two dollar signs. */
function withoutEscapes(text: Answer<string>): Answer<string> {
  if (text.state === 'absent') return unknown('an expression');
  return text.state === 'known' ? known(text.value.replaceAll('$${', () => '${').replaceAll('%%{', '%{')) : text;
}
