import type { Arguments } from '../arguments';
import { asList, asObject, type Configurations, type ModuleConfiguration, moduleSteps } from './configurations';

/** The configuration of one resource. */
export interface ConfiguredText {
  /** The text of an argument as a template, where the configuration has it or where it is one reference. */
  readonly text: (path: readonly (string | number)[]) => string | undefined;
  readonly isConfigured: (argument: string) => boolean;
}

/** A module, as it stands in the tree of the instances. */
interface Scope {
  readonly configuration: ModuleConfiguration;
  /** As in `module.bucket["main"]`; empty for the root. */
  readonly prefix: string;
  readonly call?: { readonly expressions: Arguments; readonly parent: Scope };
}

/**
 * Finds the texts of one resource's configuration.
 *
 * A stack in JSON keeps its templates in the plan. One in HCL only names what an expression refers to: a lone reference to
 * an attribute is taken for the expression itself, which is right for arguments that name another resource; a policy is
 * never put together that way.
 */
export function findReference(
  { address, module_address: module }: Arguments,
  configurations: Configurations,
  addresses: ReadonlySet<string>,
): ConfiguredText {
  const scope = scopeOf(String(module ?? ''), configurations.root);
  const bare = withoutIndex(String(address).slice(scope.prefix === '' ? 0 : scope.prefix.length + 1));
  const expressions = scope.configuration.resources.get(bare);
  return {
    isConfigured: (argument) => expressions === undefined || expressions[argument] !== undefined,
    text: (path) => {
      const expression = expressions && at(expressions, path);
      if (expression === undefined) return undefined;
      const isDocument = POLICY_ARGUMENTS.has(String(path[0]));
      return isDocument ? templateOf(expression, scope) : textOf(expression, scope, addresses);
    },
  };
}

function scopeOf(module: string, root: ModuleConfiguration): Scope {
  return moduleSteps(module).reduce<Scope>(
    (parent, { name, step }) => {
      const call = parent.configuration.calls.get(name);
      const prefix = parent.prefix === '' ? step : `${parent.prefix}.${step}`;
      const configuration = call?.module ?? EMPTY;
      return { configuration, prefix, call: { expressions: call?.expressions ?? {}, parent } };
    },
    { configuration: root, prefix: '' },
  );
}

const EMPTY: ModuleConfiguration = { resources: new Map(), outputs: {}, calls: new Map() };

function withoutIndex(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]$/, '');
}

/** The expression at a path of arguments and blocks; one that was written for a whole list is that of each element. */
function at(expressions: Arguments, path: readonly (string | number)[]): Arguments | undefined {
  let found: unknown = expressions;
  for (const step of path) {
    if (isExpression(found)) break;
    if (typeof step === 'number') {
      if (!Array.isArray(found)) continue;
      found = found[step];
    } else {
      found = asObject(Array.isArray(found) ? found[0] : found)[step];
    }
  }
  return isExpression(found) ? found : undefined;
}

function isExpression(value: unknown): value is Arguments {
  return 'references' in asObject(value) || 'constant_value' in asObject(value);
}

const MOST_STEPS = 20;

const POLICY_ARGUMENTS: ReadonlySet<string> = new Set(['policy', 'assume_role_policy', 'inline_policy']);

/** Only a stack in JSON keeps its templates; a constant of HCL is no template. */
function templateOf({ constant_value: constant, references }: Arguments, { prefix }: Scope): string | undefined {
  return typeof constant === 'string' && references !== undefined && prefix === '' ? constant : undefined;
}

function textOf(expression: Arguments, scope: Scope, addresses: ReadonlySet<string>, steps = 0): string | undefined {
  const template = templateOf(expression, scope);
  if (template !== undefined) return template;
  const [reference, ...others] = loneReferences(asList(expression.references).map(String));
  if (reference === undefined || others.length > 0 || steps > MOST_STEPS) return undefined;
  return follow(reference, scope, addresses, steps + 1);
}

/** Each reference is followed by its own beginnings, which say nothing more. */
function loneReferences(references: readonly string[]): readonly string[] {
  return [...new Set(references)].filter(
    (one) => !references.some((other) => other.startsWith(`${one}.`) || other.startsWith(`${one}[`)),
  );
}

function follow(reference: string, scope: Scope, addresses: ReadonlySet<string>, steps: number): string | undefined {
  const variable = /^var\.([\w-]+)$/.exec(reference)?.[1];
  if (variable !== undefined) {
    const { call } = scope;
    return call && textOf(asObject(call.expressions[variable]), call.parent, addresses, steps);
  }
  const [, step = '', output] = /^(module\.[\w-]+(?:\[[^\]]*\])?)\.([\w-]+)$/.exec(reference) ?? [];
  if (output !== undefined) {
    const inner = scopeWithin(scope, step);
    return textOf(asObject(asObject(inner.configuration.outputs[output]).expression), inner, addresses, steps);
  }
  const [, resource = '', attribute] = /^([a-z0-9_]+\.[\w-]+(?:\[[^\]]*\])?)\.([a-z0-9_]+)$/.exec(reference) ?? [];
  if (attribute === undefined || /^(each|count|local|path|terraform|self)\./.test(reference)) return undefined;
  const full = scope.prefix === '' ? resource : `${scope.prefix}.${resource}`;
  const found = addresses.has(full) ? full : onlyInstance(full, addresses);
  return found && `\${${found}.${attribute}}`;
}

function scopeWithin(scope: Scope, step: string): Scope {
  const [{ name } = { name: '' }] = moduleSteps(step);
  const call = scope.configuration.calls.get(name);
  const prefix = scope.prefix === '' ? step : `${scope.prefix}.${step}`;
  return {
    configuration: call?.module ?? EMPTY,
    prefix,
    call: { expressions: call?.expressions ?? {}, parent: scope },
  };
}

/** A reference to a resource with `count` or `for_each` is clear only when there is one instance. */
function onlyInstance(address: string, addresses: ReadonlySet<string>): string | undefined {
  const instances = [...addresses].filter((one) => one.startsWith(`${address}[`));
  return instances.length === 1 ? instances[0] : undefined;
}
