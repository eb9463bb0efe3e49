import { asList, asObject } from './configurations';
import { eachValueAsKey, type Scope, type Standing, scopeWithin, within } from './scopes';

/** A resource or data source of the plan that an expression refers to. */
export interface Lead {
  /** As in `aws_s3_bucket.backup` or `data.aws_iam_policy_document.tls[0]`. */
  readonly address: string;
  /** Missing where the plan keeps none, as of `aws_s3_bucket.backup.*.id`. */
  readonly attribute?: string | undefined;
}

/** Where the references of an expression lead. */
export interface Trail {
  readonly leads: readonly Lead[];
  /** Whether a local value takes part: a plan does not keep those. */
  readonly isHidden: boolean;
  /** Whether something takes part that nobody can follow. */
  readonly isOpen: boolean;
}

const NOWHERE: Trail = { leads: [], isHidden: false, isOpen: false };
const HIDDEN: Trail = { ...NOWHERE, isHidden: true };
const OPEN: Trail = { ...NOWHERE, isOpen: true };

const MOST_STEPS = 20;

/** Follows references through variables, outputs, `each` and indexes to what the plan makes or asks for. */
export type Follow = (expression: unknown, standing: Standing) => Trail;

/** @param addresses - of every resource and data source of the plan */
export function followIn(addresses: ReadonlySet<string>): Follow {
  const follow = (expression: unknown, standing: Standing, steps: number): Trail => {
    const all = loneReferences(asList(asObject(expression).references).map(String));
    if (steps > MOST_STEPS) return OPEN;
    return merge(all.map((reference) => one(reference, standing, all, steps + 1)));
  };
  const one = (reference: string, standing: Standing, all: readonly string[], steps: number): Trail => {
    if (/^(?:each\.key|count\.index|path\.|terraform\.)/.test(reference)) return NOWHERE;
    if (reference.startsWith('local.')) return HIDDEN;
    const variable = /^var\.([\w-]+)(.*)$/.exec(reference);
    if (variable !== null) return ofVariable(variable, standing.scope, steps);
    const value = /^each\.value(.*)$/.exec(reference);
    if (value !== null) return ofEach(value[1] ?? '', standing, all, steps);
    const module = /^(module\.[\w-]+(?:\[[^\]]*\])?)(?:\.([\w-]+))?(.*)$/.exec(reference);
    if (module !== null) return ofModule(module, standing, all, steps);
    return ofResource(reference, standing, all);
  };
  const ofVariable = ([, name = '', rest = '']: RegExpExecArray, { call }: Scope, steps: number): Trail => {
    const given = call?.expressions[name];
    return call === undefined || given === undefined ? NOWHERE : withRest(follow(given, call.parent, steps), rest);
  };
  /** The element of the same key in what `for_each` goes over; beside something indexed, the value is the index. */
  const ofEach = (rest: string, standing: Standing, all: readonly string[], steps: number): Trail => {
    const { forEach, scope, key } = standing;
    if (forEach === undefined || (rest === '' && all.some((other) => hasInstances(within(scope, other)))))
      return NOWHERE;
    const over = loneReferences(asList(forEach.references).map(String));
    return merge(over.map((reference) => one(`${reference}${rest}`, { scope, key }, [...over, 'each.key'], steps)));
  };
  const hasInstances = (address: string) => [...addresses].some((one) => one.startsWith(`${address}[`));
  const ofModule = (
    [, step = '', output, rest = '']: RegExpExecArray,
    standing: Standing,
    all: readonly string[],
    steps: number,
  ): Trail => {
    const key = indexAmong(all, standing);
    const indexed = step.endsWith(']') || key === undefined ? step : `${step}[${key}]`;
    const inner = scopeWithin(
      standing,
      [indexed, step].find((one) => hasInstance(within(standing.scope, one))) ?? step,
    );
    const outputs =
      output === undefined ? Object.values(inner.configuration.outputs) : [inner.configuration.outputs[output]];
    return withRest(merge(outputs.map((given) => follow(asObject(given).expression, { scope: inner }, steps))), rest);
  };
  const hasInstance = (prefix: string) => [...addresses].some((address) => address.startsWith(`${prefix}.`));
  const ofResource = (reference: string, standing: Standing, all: readonly string[]): Trail => {
    const [, written = '', attribute] =
      /^((?:data\.)?[a-z0-9_]+\.[\w-]+(?:\[[^\]]*\])?)(?:\.([a-z0-9_]+))?$/.exec(reference) ?? [];
    const full = within(standing.scope, written);
    const key = indexAmong(all, standing);
    const address = [full, `${full}[${key}]`].find((one) => addresses.has(one)) ?? onlyInstance(full, addresses);
    return written === '' || address === undefined ? OPEN : { ...NOWHERE, leads: [{ address, attribute }] };
  };
  return (expression, standing) => follow(expression, standing, 0);
}

/** The key of the same instance, where a reference is indexed by it. */
function indexAmong(all: readonly string[], standing: Standing): string | undefined {
  if (all.some((one) => one === 'each.key' || one === 'count.index')) return standing.key;
  return all.includes('each.value') ? eachValueAsKey(standing) : undefined;
}

/** Each reference is followed by its own beginnings, which say nothing more. */
function loneReferences(references: readonly string[]): readonly string[] {
  return [...new Set(references)].filter(
    (one) => !references.some((other) => other.startsWith(`${one}.`) || other.startsWith(`${one}[`)),
  );
}

function merge(trails: readonly Trail[]): Trail {
  return {
    leads: trails.flatMap(({ leads }) => leads),
    isHidden: trails.some(({ isHidden }) => isHidden),
    isOpen: trails.some(({ isOpen }) => isOpen),
  };
}

/** What is asked of a whole resource that was handed on, as in `module.bucket.this.id`. */
function withRest(trail: Trail, rest: string): Trail {
  const [, attribute] = /^\.(?:.*\.)?([a-z0-9_]+)$/.exec(rest) ?? [];
  if (attribute === undefined) return trail;
  return { ...trail, leads: trail.leads.map((lead) => ({ ...lead, attribute: lead.attribute ?? attribute })) };
}

/** A reference to a resource with `count` or `for_each` is clear only when there is one instance. */
function onlyInstance(address: string, addresses: ReadonlySet<string>): string | undefined {
  const instances = [...addresses].filter((one) => one.startsWith(`${address}[`));
  return instances.length === 1 ? instances[0] : undefined;
}
