import { evaluate, type Policy } from '../../iam';
import { ABSENT, type Answer } from '../stack/answer';
import type { PolicyReading, RoleSubject, StackParts } from '../subject/subject';
import type { Circumstances } from './bucket-questions';
import { EVERYTHING, sessionOf } from './callers';
import { grantedCircumstances } from './granted-circumstances';

/** Somebody whose own policies say what he may read under. */
export interface KeyReader {
  /** Address of the role, or of a policy that no role of the stack has. */
  readonly address: string;
  /** Missing where nobody can tell who has the policy; no key policy can then be asked. */
  readonly arn?: string;
  readonly policies: readonly Policy[];
  /** Whether these are all of his policies. */
  readonly isComplete: boolean;
  readonly boundary?: Policy;
}

/** Who may read under which keys, at one time. */
export interface KeyAccess {
  readonly readers: readonly KeyReader[];
  /** Keys in use and former ones; the policy is absent where the key is none of the stack's. */
  readonly keys: readonly { readonly arn: string; readonly policy: Answer<Policy> }[];
  readonly bucketArns: readonly string[];
}

export function keyAccessOf({ roles, policies, keys, buckets, declaration }: StackParts): KeyAccess {
  const declared = declaration.state === 'known' ? (declaration.value.formerKeyArns ?? []) : [];
  const elsewhere = [...buckets.flatMap(({ encryption }) => valuesOf(encryption.keyArn)), ...declared];
  const own = keys.flatMap(({ arn, policy }) => valuesOf(arn).map((value) => ({ arn: value, policy })));
  const owned = new Set(own.map(({ arn }) => arn));
  return {
    readers: [...roles.flatMap(readerOf), ...policies.filter(isOfNone(roles)).map(unknownReaderOf)],
    keys: [...own, ...elsewhere.filter((arn) => !owned.has(arn)).map((arn) => ({ arn, policy: ABSENT }))],
    bucketArns: buckets.flatMap(({ arn }) => valuesOf(arn)),
  };
}

function readerOf({ resource, exists, arn, readable, identity, boundary }: RoleSubject): readonly KeyReader[] {
  // The boundary of a role that is none of the stack's is out of sight before and after.
  const isComplete = identity.state === 'known' && (exists || boundary.state !== 'unknown');
  const limit = boundary.state === 'known' ? { boundary: boundary.value } : {};
  return valuesOf(arn).map((value) => ({
    address: resource.address,
    arn: value,
    policies: readable,
    isComplete,
    ...limit,
  }));
}

function isOfNone(roles: readonly RoleSubject[]): (reading: PolicyReading) => boolean {
  return ({ kind, policy }) =>
    kind === 'identity' &&
    !(policy.state === 'known' && roles.some(({ readable }) => readable.includes(policy.value))) &&
    !(policy.state === 'unknown' && roles.some(({ identity }) => identity.state === 'unknown'));
}

function unknownReaderOf({ resource, policy }: PolicyReading): KeyReader {
  const isKnown = policy.state === 'known';
  return { address: resource.address, policies: isKnown ? [policy.value] : [], isComplete: isKnown };
}

function valuesOf(answer: Answer<string>): readonly string[] {
  return answer.state === 'known' ? [answer.value] : [];
}

interface Reading {
  readonly reader: KeyReader;
  readonly keyPolicy: Answer<Policy>;
}

/** Whether the reader may decrypt in this way, under whatever else his policies ask for. */
export function mayDecrypt(arn: string, way: Circumstances, { reader, keyPolicy }: Reading): boolean {
  const [, partition = '', , , account = ''] = arn.split(':');
  const { principal, context } = sessionOf('the role', reader.arn ?? `arn:${partition}:iam::${account}:role/unknown`);
  // A policy that cannot be read counts as leaving it to the reader's own, like that of a key outside the stack.
  const isAsked = keyPolicy.state === 'known' && reader.arn !== undefined;
  const key = isAsked ? keyPolicy.value : leavesItTo(account);
  const others = [...reader.policies, key].flatMap(grantedCircumstances);
  return [{}, ...others].some((other) => {
    const circumstances = { 'aws:ResourceAccount': account, 'aws:SecureTransport': 'true', ...other, ...way };
    const request = { principal, action: 'kms:Decrypt', resource: arn, resourceAccount: account };
    const policies = { identity: reader.policies, key, ...(reader.boundary && { boundary: reader.boundary }) };
    return evaluate({ ...request, context: { ...context, ...circumstances } }, policies).result === 'allowed';
  });
}

function leavesItTo(account: string): Policy {
  return {
    ...EVERYTHING,
    statements: EVERYTHING.statements.map((statement) => ({
      ...statement,
      principals: { negated: false, anyone: false, byType: { AWS: [account] } },
    })),
  };
}
