import { namedPrincipals } from '../permission-proof/named-principals';
import type { BucketSubject, Subject } from '../subject/subject';
import type { Asking } from './callers';
import { callerOf } from './named-callers';

/** Keys by which a denial spares a caller, whom another statement may let in: each alone is harmless. */
const SPARES = /^aws:principal(?:arn|account)$/i;

/** Whomever the policies name, where a denial of a bucket's policy spares somebody by name; of any account. */
export function sparedCallers({ buckets, environment }: Subject): readonly Asking[] {
  if (environment.state !== 'known' || !buckets.some(sparesSomebody)) return [];
  return namedPrincipals(environment.value).filter(isOfAccount).map(callerOf);
}

function sparesSomebody({ policy }: BucketSubject): boolean {
  if (policy.state !== 'known') return false;
  const denials = policy.value.statements.filter(({ effect }) => effect === 'Deny');
  return denials.some(({ conditions }) => conditions.some(({ key }) => SPARES.test(key)));
}

function isOfAccount({ principal }: Pick<Asking, 'principal'>): boolean {
  return 'account' in principal;
}
