import type { Arguments } from '../arguments';
import { UnknownValue } from '../unknown-value';
import { asList, asObject } from './configurations';

/**
 * The settings of the one configured AWS provider, as far as they are constants or variables of the root module.
 *
 * With several, nobody can tell which of them makes the bucket, so nothing is read but what all say alike.
 */
export function readProvider({ configuration, variables, prior_state: state }: Arguments): Arguments {
  const configured = Object.values(asObject(asObject(configuration).provider_config))
    .map(asObject)
    .filter(({ name, full_name: full }) => name === 'aws' || String(full).endsWith('/aws'));
  const settings = configured.map((one) => resolveAll(asObject(one.expressions), asObject(variables)));
  const [first = {}, ...others] = settings;
  const common = Object.entries(first).filter(([name, value]) =>
    others.every((other) => JSON.stringify(other[name]) === JSON.stringify(value)),
  );
  const caller = callerOf(asObject(state));
  const isTold = ([name, value]: readonly [string, unknown]) => !(value instanceof UnknownValue) || !(name in caller);
  return { ...caller, ...Object.fromEntries(common.filter(isTold)) };
}

function resolveAll(expressions: Arguments, variables: Arguments): Arguments {
  const entries = Object.entries(expressions).flatMap(([name, expression]) => {
    const value = Array.isArray(expression)
      ? expression.map((block) => resolveAll(asObject(block), variables))
      : resolve(asObject(expression), variables);
    return value === undefined || value === null ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}

function resolve({ constant_value: constant, references }: Arguments, variables: Arguments): unknown {
  if (constant !== undefined) return constant;
  const [reference, ...others] = asList(references).map(String);
  if (reference === undefined) return undefined;
  const variable = others.length === 0 ? /^var\.([\w-]+)$/.exec(reference)?.[1] : undefined;
  return variable !== undefined && variable in variables
    ? asObject(variables[variable]).value
    : new UnknownValue(`it follows from ${reference}`);
}

/** Whoever planned knew the account, when the configuration asks for it. */
function callerOf({ values }: Arguments): Arguments {
  const resources = asList(asObject(asObject(values).root_module).resources).map(asObject);
  const of = (type: string) => asObject(resources.find((one) => one.mode === 'data' && one.type === type)?.values);
  const { account_id: account } = of('aws_caller_identity');
  const { name: region } = of('aws_region');
  return {
    ...(account !== undefined && { allowed_account_ids: [account] }),
    ...(region !== undefined && { region }),
  };
}
