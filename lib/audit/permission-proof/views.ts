import type { Policy } from '../../iam';
import { admissionOf } from '../../iam/match/principals';
import { indexContext } from '../../iam/request-context';
import type { Caller } from './callers';
import { KEYS_OF_CONTEXT, preparedConditions } from './condition-tests';
import { createIdentifiers } from './identifiers';
import { callerContext } from './question';
import { haveFixedResources } from './statement-parts';
import { unlessRefused } from './unless-refused';

/**
 * Tells which callers look alike to some policies: of one kind and account, with the same policies of their own, admitted
 * by the same statements, and told apart by no condition. Whatever is found out about one holds for the others.
 */
export function viewsOf(policies: readonly Policy[]): (caller: Caller) => string {
  const idOf = createIdentifiers();
  const lookOf = haveFixedResources(policies) ? looks(policies) : undefined;
  return (caller) => {
    const { kind, principal, identity, boundary } = caller;
    const look = lookOf && unlessRefused(() => lookOf(caller));
    const of = look === undefined ? JSON.stringify(principal) : `${accountOf(caller)} ${look}`;
    return `${kind} ${identity.map(idOf).join()} ${idOf(boundary)} ${of}`;
  };
}

/** Users and roles of one account go the same ways to be allowed; whoever has no account is let in by resources alone. */
function accountOf({ principal }: Caller): string {
  if (!('account' in principal)) return 'none';
  return `${principal.account} ${principal.kind === 'root'}`;
}

/** How each statement sees a caller; that which reads more than the caller sees each as somebody else. */
function looks(policies: readonly Policy[]): (caller: Caller) => string {
  const conditionsOf = preparedConditions(policies);
  const statements = policies.flatMap((policy) => policy.statements);
  return (caller) => {
    const { principal, boundary } = caller;
    const context = callerContext(caller);
    const request = { principal, action: '', resource: '', resourceAccount: '', context };
    const indexed = indexContext(request);
    const seen = statements.map((statement) => {
      const admission = admissionOf(statement.principals, request, boundary !== undefined);
      const tests = conditionsOf(statement).filter(({ readsCaller }) => readsCaller);
      const readsMore = tests.some(({ keys }) => !keys.every((key) => KEYS_OF_CONTEXT.has(key)));
      return readsMore ? JSON.stringify(principal) : `${admission} ${tests.map(({ holds }) => holds(indexed))}`;
    });
    return seen.join(';');
  };
}
