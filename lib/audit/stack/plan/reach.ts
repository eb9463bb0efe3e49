import { asObject } from './configurations';
import type { Follow, Lead, Trail } from './leads';
import type { Planned } from './planned';
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
  const reachOf = reaches([...planned.keys()], follow);
  return (scopes, type) => {
    const soles = scopes.map((scope) => soleOf(reachOf(scope), scope, type));
    const [first] = soles;
    if (first === undefined || !soles.every((one) => one?.address === first.address)) return undefined;
    return { ...first, isAssumed: soles.some((one) => one?.isAssumed) };
  };
}

function soleOf(reach: Reach, scope: Scope, type: string): Sole | undefined {
  const ofType = [...(reach ?? [])].filter((one) => typeOf(one) === type);
  const own = ofType.filter((one) => isOwn(one, scope));
  const [address] = ofType.length === 1 ? ofType : own;
  if (address === undefined || address.includes('data.') || (ofType.length > 1 && own.length > 1)) return undefined;
  return { address, isAssumed: ofType.length > 1 };
}

/** Addresses of everything that an expression of a module can be about; missing where nobody can say. */
type Reach = ReadonlySet<string> | undefined;

function reaches(addresses: readonly string[], follow: Follow): (scope: Scope) => Reach {
  const known = new Map<string, Reach>();
  const reachOf = (scope: Scope): Reach => {
    if (!known.has(scope.prefix)) known.set(scope.prefix, findReach(scope));
    return known.get(scope.prefix);
  };
  const findReach = (scope: Scope): Reach => {
    const given = givenTo(scope, follow);
    const handedOut = handedTo(scope, addresses, follow);
    const trails = [...given, ...handedOut];
    if (trails.some(({ isOpen }) => isOpen)) return undefined;
    const isHiddenOutside = given.some(({ hiddenIn }) => hiddenIn.length > 0);
    const outer = isHiddenOutside && scope.call ? reachOf(scope.call.parent.scope) : [];
    if (outer === undefined) return undefined;
    const hiddenBelow = handedOut.flatMap(({ hiddenIn, below }) => (hiddenIn.length > 0 ? below : []));
    const inside = addresses.filter((one) => isOwn(one, scope) || hiddenBelow.some((at) => one.startsWith(`${at}.`)));
    return new Set([...inside, ...trails.flatMap(({ leads }) => leads.map(({ address }) => address)), ...outer]);
  };
  return reachOf;
}

/** Where the arguments lead that a module is called with. */
function givenTo(scope: Scope, follow: Follow): readonly Trail[] {
  const standing = scope.call?.parent ?? { scope };
  return Object.values(scope.call?.expressions ?? {}).map((one) => follow(one, standing));
}

/** Where the outputs lead of the modules that a module calls. */
function handedTo(scope: Scope, addresses: readonly string[], follow: Follow) {
  return callsIn(scope, addresses).flatMap((step) => {
    const child = scopeWithin({ scope }, step);
    return Object.values(child.configuration.outputs).map((output) => ({
      ...follow(asObject(output).expression, { scope: child }),
      below: child.prefix,
    }));
  });
}

function callsIn({ prefix, configuration }: Scope, addresses: readonly string[]): readonly string[] {
  const steps = addresses.flatMap((address) => stepIn(address, prefix) ?? []);
  return [...new Set(steps)].filter((step) => configuration.calls.has(/^module\.([\w-]+)/.exec(step)?.[1] ?? ''));
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
