import type { Arguments } from '../arguments';
import {
  asObject,
  type Configurations,
  type ConfiguredBlock,
  type ModuleConfiguration,
  moduleSteps,
} from './configurations';

/** A module, as it stands in the tree of the instances. */
export interface Scope {
  readonly configuration: ModuleConfiguration;
  /** As in `module.bucket["main"]`; empty for the root. */
  readonly prefix: string;
  readonly call?: { readonly expressions: Arguments; readonly parent: Standing };
}

/** Where an expression stands: in which module, and in which instance of a resource or a call. */
export interface Standing {
  readonly scope: Scope;
  /** As in `"main"` or `0`; missing where there is one instance alone. */
  readonly key?: string | undefined;
  readonly forEach?: Arguments | undefined;
  /** Key of what a map was made for that is handed to a module, which mostly keeps its keys. */
  readonly carried?: string | undefined;
}

/** The configuration of a resource, and where it stands. */
export interface Configured {
  readonly expressions: Arguments | undefined;
  readonly standing: Standing;
}

/** Finds the configuration of a resource of the plan, or of a data source. */
export function configuredAs({ address, module_address: module }: Arguments, { root }: Configurations): Configured {
  const scope = scopeOf(String(module ?? ''), root);
  const own = String(address).slice(scope.prefix === '' ? 0 : scope.prefix.length + 1);
  const block = scope.configuration.resources.get(withoutIndex(own));
  return { expressions: block?.expressions, standing: { scope, key: keyOf(own), forEach: block?.forEach } };
}

function scopeOf(module: string, root: ModuleConfiguration): Scope {
  return moduleSteps(module).reduce<Scope>((scope, { step }) => scopeWithin({ scope }, step), {
    configuration: root,
    prefix: '',
  });
}

/** The module that is called by a step, as in `module.bucket["main"]`. */
export function scopeWithin({ scope }: Standing, step: string): Scope {
  const [{ name } = { name: '' }] = moduleSteps(step);
  const call = scope.configuration.calls.get(name);
  return {
    configuration: call?.module ?? NO_MODULE,
    prefix: within(scope, step),
    call: { expressions: call?.expressions ?? {}, parent: { scope, key: keyOf(step), forEach: call?.forEach } },
  };
}

const NO_MODULE: ModuleConfiguration = { resources: new Map<string, ConfiguredBlock>(), outputs: {}, calls: new Map() };

/** The full address of something in a module. */
export function within({ prefix }: Scope, address: string): string {
  return prefix === '' ? address : `${prefix}.${address}`;
}

const INDEX = /\[("(?:[^"\\]|\\.)*"|\d+)\]$/;

export function keyOf(address: string): string | undefined {
  return INDEX.exec(address)?.[1];
}

export function withoutIndex(address: string): string {
  return address.replace(INDEX, '');
}

/** The value of `each.value` where it is the key, or where the map is written out. */
export function eachValueAsKey({ key, forEach }: Standing): string | undefined {
  if (key === undefined || forEach === undefined) return key;
  const { constant_value: constant, references } = forEach;
  if (Array.isArray(constant)) return key;
  const value = references === undefined ? asObject(constant)[JSON.parse(key)] : undefined;
  return typeof value === 'string' ? JSON.stringify(value) : undefined;
}
