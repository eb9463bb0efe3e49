import { asObject } from './configurations';
import type { Follow, Lead, Planned } from './leads';
import { type Scope, scopeWithin } from './scopes';

/**
 * Finds the one thing of a type that expressions of modules can be about, where the plan does not keep the expression.
 *
 * Where a module makes one and is handed others, its own is assumed.
 */
export type SoleWithin = (scopes: readonly Scope[], type: string) => Sole | undefined;

export interface Sole extends Lead {
  readonly isAssumed: boolean;
}

/**
 * By elimination: a local value, and what a `dynamic` block makes, can only be of what the module makes, of what it is
 * called with, and of what the modules hand out that it calls.
 *
 * @param planned - every resource and data source of the plan
 */
export function reachIn(planned: Planned, follow: Follow): SoleWithin {
  const addresses = new Set(planned.keys());
  const known = new Map<string, ReadonlySet<string> | undefined>();
  const reachOf = (scope: Scope): ReadonlySet<string> | undefined => {
    if (!known.has(scope.prefix)) known.set(scope.prefix, findReach(scope));
    return known.get(scope.prefix);
  };
  const findReach = (scope: Scope): ReadonlySet<string> | undefined => {
    const given = Object.values(scope.call?.expressions ?? {}).map((one) =>
      follow(one, scope.call?.parent ?? { scope }),
    );
    const handedOut = childrenOf(scope).flatMap((step) => {
      const child = scopeWithin({ scope }, step);
      return Object.values(child.configuration.outputs).map((output) => ({
        ...follow(asObject(output).expression, { scope: child }),
        below: child.prefix,
      }));
    });
    if ([...given, ...handedOut].some(({ isOpen }) => isOpen)) return undefined;
    const outer =
      given.some(({ hiddenIn }) => hiddenIn.length > 0) && scope.call ? reachOf(scope.call.parent.scope) : [];
    const hidden = handedOut.flatMap(({ hiddenIn, below }) => (hiddenIn.length > 0 ? below : []));
    return (
      outer &&
      new Set([
        ...[...addresses].filter((one) => isOwn(one, scope) || hidden.some((below) => one.startsWith(`${below}.`))),
        ...[...given, ...handedOut].flatMap(({ leads }) => leads.map(({ address }) => address)),
        ...outer,
      ])
    );
  };
  const childrenOf = ({ prefix, configuration }: Scope): readonly string[] => {
    const steps = [...addresses].flatMap((address) => stepIn(address, prefix) ?? []);
    return [...new Set(steps)].filter((step) => configuration.calls.has(/^module\.([\w-]+)/.exec(step)?.[1] ?? ''));
  };
  const soleIn = (scope: Scope, type: string): Sole | undefined => {
    const ofType = [...(reachOf(scope) ?? [])].filter((one) => typeOf(one) === type);
    const own = ofType.filter((one) => isOwn(one, scope));
    const [address] = ofType.length === 1 ? ofType : own;
    if (address === undefined || address.includes('data.') || (ofType.length > 1 && own.length > 1)) return undefined;
    return { address, isAssumed: ofType.length > 1 };
  };
  return (scopes, type) => {
    const soles = scopes.map((scope) => soleIn(scope, type));
    const [first] = soles;
    if (first === undefined || !soles.every((one) => one?.address === first.address)) return undefined;
    return { ...first, isAssumed: soles.some((one) => one?.isAssumed) };
  };
}

function isOwn(address: string, scope: Scope): boolean {
  const own = scope.prefix === '' ? '' : `${scope.prefix}.`;
  return address.startsWith(own) && !address.slice(own.length).startsWith('module.');
}

/** As in `module.bucket["main"]`, of something in a module that is called from here. */
function stepIn(address: string, prefix: string): string | undefined {
  if (prefix !== '' && !address.startsWith(`${prefix}.`)) return undefined;
  const own = prefix === '' ? address : address.slice(prefix.length + 1);
  return /^module\.[\w-]+(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?/.exec(own)?.[0];
}

/** The type of a resource, and of what a data source looks up, which can be the same thing. */
function typeOf(address: string): string | undefined {
  return /(?:^|\.)(?:data\.)?([a-z0-9_]+)\.[\w-]+(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?$/.exec(address)?.[1];
}
