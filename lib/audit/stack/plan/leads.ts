import type { Arguments } from '../arguments';
import { asList, asObject } from './configurations';
import { eachValueAsKey, keyOf, type Scope, type Standing, scopeWithin, within, withoutIndex } from './scopes';

/** A resource or data source of the plan that an expression refers to. */
export interface Lead {
  /** As in `aws_s3_bucket.backup` or `data.aws_iam_policy_document.tls[0]`. */
  readonly address: string;
  /** Missing where the plan keeps none, as of `aws_s3_bucket.backup.*.id`. */
  readonly attribute?: string | undefined;
  /** Whether the plan knows its value. */
  readonly isKnown?: true;
}

/** Where the references of an expression lead. */
export interface Trail {
  readonly leads: readonly Lead[];
  /** Modules whose local values take part: a plan does not keep those. */
  readonly hiddenIn: readonly Scope[];
  /** Whether something takes part that nobody can follow. */
  readonly isOpen: boolean;
}

const NOWHERE: Trail = { leads: [], hiddenIn: [], isOpen: false };
const OPEN: Trail = { ...NOWHERE, isOpen: true };

const MOST_STEPS = 20;

/** A setting of a bucket goes by the bucket's name. */
const SETTING = /^aws_s3_bucket_\w+\./;

/** Follows references through variables, outputs, `each` and indexes to what the plan makes or asks for. */
export type Follow = (expression: unknown, standing: Standing) => Trail;

/** Resources and data sources of a plan by their addresses, with what it knows of each. */
export type Planned = ReadonlyMap<string, Arguments>;

export function followIn(addresses: Planned): Follow {
  const follow = (expression: unknown, standing: Standing, steps: number): Trail => {
    const all = loneReferences(asList(asObject(expression).references).map(String));
    if (steps > MOST_STEPS) return OPEN;
    return merge(all.map((reference) => one(reference, standing, all, steps + 1)));
  };
  const one = (reference: string, standing: Standing, all: readonly string[], steps: number): Trail => {
    if (/^(?:each\.key|count\.index|path\.|terraform\.)/.test(reference)) return NOWHERE;
    if (reference.startsWith('local.')) return { ...NOWHERE, hiddenIn: [standing.scope] };
    const variable = /^var\.([\w-]+)(.*)$/.exec(reference);
    if (variable !== null) return ofVariable(variable, standing, all, steps);
    const value = /^each\.value(.*)$/.exec(reference);
    if (value !== null) return ofEach(value[1] ?? '', standing, all, steps);
    const module = /^(module\.[\w-]+(?:\[[^\]]*\])?)(?:\.([\w-]+))?(.*)$/.exec(reference);
    if (module !== null) return ofModule(module, standing, all, steps);
    return ofResource(reference, standing, all, steps);
  };
  const ofVariable = (
    [, name = '', rest = '']: RegExpExecArray,
    { scope: { call }, key }: Standing,
    all: readonly string[],
    steps: number,
  ): Trail => {
    const given = call?.expressions[name];
    if (call === undefined || given === undefined) return NOWHERE;
    const carried = all.includes('each.key') ? key : undefined;
    return withRest(follow(given, { ...call.parent, carried }, steps), rest);
  };
  /** The element of the same key in what `for_each` goes over; beside something indexed, the value is the index. */
  const ofEach = (rest: string, standing: Standing, all: readonly string[], steps: number): Trail => {
    const { forEach, scope, key } = standing;
    if (forEach === undefined || (rest === '' && all.some((other) => hasInstances(within(scope, other)))))
      return NOWHERE;
    const over = loneReferences(asList(forEach.references).map(String));
    return merge(over.map((reference) => one(`${reference}${rest}`, { scope, key }, [...over, 'each.key'], steps)));
  };
  const hasInstances = (address: string) => [...addresses.keys()].some((one) => one.startsWith(`${address}[`));
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
  const hasInstance = (prefix: string) => [...addresses.keys()].some((address) => address.startsWith(`${prefix}.`));
  const ofResource = (reference: string, standing: Standing, all: readonly string[], steps: number): Trail => {
    const [, written = '', attribute] =
      /^((?:data\.)?[a-z0-9_]+\.[\w-]+(?:\[[^\]]*\])?)(?:\.([a-z0-9_]+))?$/.exec(reference) ?? [];
    const { scope } = standing;
    const full = within(scope, written);
    const key = indexAmong(all, standing);
    const address = [full, `${full}[${key}]`].find((one) => addresses.has(one)) ?? onlyInstance(full, addresses);
    const block = scope.configuration.resources.get(withoutIndex(written));
    if (address === undefined) return block !== undefined && !hasInstances(full) ? NOWHERE : OPEN;
    if (SETTING.test(written) && (attribute === 'id' || attribute === 'bucket'))
      return follow(block?.expressions.bucket, { scope, key: keyOf(address), forEach: block?.forEach }, steps);
    const known = addresses.get(address)?.[attribute ?? ''];
    return { ...NOWHERE, leads: [{ address, attribute, ...(isText(known) && { isKnown: true }) }] };
  };
  return (expression, standing) => follow(expression, standing, 0);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/** The key of the same instance, where a reference is indexed by it. */
function indexAmong(all: readonly string[], standing: Standing): string | undefined {
  if (all.some((one) => one === 'each.key' || one === 'count.index')) return standing.key;
  return all.includes('each.value') ? eachValueAsKey(standing) : standing.carried;
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
    hiddenIn: trails.flatMap(({ hiddenIn }) => hiddenIn),
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
function onlyInstance(address: string, addresses: Planned): string | undefined {
  const instances = [...addresses.keys()].filter((one) => one.startsWith(`${address}[`));
  return instances.length === 1 ? instances[0] : undefined;
}
