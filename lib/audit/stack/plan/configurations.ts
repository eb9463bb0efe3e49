import type { Arguments } from '../arguments';

/** A module of the configuration, and how it was called. */
export interface ModuleConfiguration {
  /** By address without module and index; data sources begin with `data.`. */
  readonly resources: ReadonlyMap<string, ConfiguredBlock>;
  readonly outputs: Arguments;
  readonly calls: ReadonlyMap<string, ModuleCall>;
}

/** The expressions of a resource or of a module's call. */
export interface ConfiguredBlock {
  readonly expressions: Arguments;
  /** Missing where there is none, and where it refers to nothing. */
  readonly forEach?: Arguments;
}

export interface ModuleCall extends ConfiguredBlock {
  readonly module: ModuleConfiguration;
}

/** The configuration of the root module; empty when the plan has none. */
export interface Configurations {
  readonly isKnown: boolean;
  readonly root: ModuleConfiguration;
}

export function collectConfigurations({ configuration }: Arguments): Configurations {
  const { root_module: root } = asObject(configuration);
  return { isKnown: root !== undefined, root: readModule(asObject(root)) };
}

function readModule({ resources, outputs, module_calls: calls }: Arguments): ModuleConfiguration {
  return {
    resources: new Map(
      asList(resources)
        .map(asObject)
        .map((resource) => [String(resource.address), blockOf(resource)]),
    ),
    outputs: asObject(outputs),
    calls: new Map(
      Object.entries(asObject(calls)).map(([name, call]) => [
        name,
        { ...blockOf(asObject(call)), module: readModule(asObject(asObject(call).module)) },
      ]),
    ),
  };
}

function blockOf({ expressions, for_each_expression: forEach }: Arguments): ConfiguredBlock {
  return { expressions: asObject(expressions), ...(forEach !== undefined && { forEach: asObject(forEach) }) };
}

/** The steps of a module's address, as in `module.a["x"].module.b`. */
export function moduleSteps(address: string): readonly { readonly name: string; readonly step: string }[] {
  return [...address.matchAll(/module\.([\w-]+)(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?/g)].map(([step, name = '']) => ({
    name,
    step,
  }));
}

export function asObject(value: unknown): Arguments {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Arguments) : {};
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
