import type { Statement } from '../../iam';
import { namedPrincipals } from '../permission-proof/named-principals';
import type { BucketSubject, Subject } from '../subject/subject';
import { type Asking, administrator, stranger } from './callers';
import { denialsAbout } from './deciding-statements';
import { callerOf } from './named-callers';
import { sparingCircumstances } from './sparing-circumstances';

/** Keys by which denials tell how a request travels, in lower case. */
export const TRANSPORT_KEYS: readonly string[] = ['aws:securetransport', 's3:tlsversion'];

/**
 * Whoever may be spared by denials of a bucket's policy that are about these keys, in lower case: whom another statement may
 * let in, so that each alone is harmless. They are those whom the policies name, and anybody who brings along what a
 * denial asks for besides.
 *
 * @throws {ToolkitError} `UnsupportedPolicy`
 */
export function sparedCallers(subject: Subject, { policy }: BucketSubject, keys: readonly string[]): readonly Asking[] {
  if (policy.state !== 'known' || !denialsAbout(policy.value, keys).some((one) => maySpare(one, keys))) return [];
  const { environment } = subject;
  const named =
    environment.state === 'known' ? namedPrincipals(environment.value).filter(isOfAccount).map(callerOf) : [];
  const bringing = (caller: Asking) =>
    sparingCircumstances(policy.value, keys, caller.context).map((context) => ({ ...caller, context }));
  return [...named, ...[administrator(subject), stranger(subject), ...named].flatMap(bringing)];
}

function maySpare({ principals, conditions }: Statement, keys: readonly string[]): boolean {
  const isForAll = principals?.anyone === true && !principals.negated;
  return !isForAll || conditions.some(({ key }) => !keys.includes(key.toLowerCase()));
}

function isOfAccount({ principal }: Pick<Asking, 'principal'>): boolean {
  return 'account' in principal;
}
