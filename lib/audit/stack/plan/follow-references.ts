import { asList, asObject } from './configurations';
import { type Follow, merge, NOWHERE, OPEN, type Trail, withRest } from './leads';
import { hasInstances, holdsSomething, onlyInstance, type Planned } from './planned';
import { eachValueAsKey, keyOf, type Standing, scopeWithin, within, withoutIndex } from './scopes';

const MOST_STEPS = 20;

/** A setting of a bucket goes by the bucket's name. */
const SETTING = /^aws_s3_bucket_\w+\./;

/** One reference of an expression. */
interface Reference {
  readonly text: string;
  readonly standing: Standing;
  /** All references of the expression: `each.key` among them tells by what another is indexed. */
  readonly all: readonly string[];
  readonly steps: number;
}

export function followIn(planned: Planned): Follow {
  return (expression, standing) => follow(planned, expression, standing, 0);
}

function follow(planned: Planned, expression: unknown, standing: Standing, steps: number): Trail {
  if (steps > MOST_STEPS) return OPEN;
  const all = referencesIn(expression);
  return merge(all.map((text) => followOne(planned, { text, standing, all, steps: steps + 1 })));
}

function followOne(planned: Planned, reference: Reference): Trail {
  const { text, standing } = reference;
  if (/^(?:each\.key|count\.index|path\.|terraform\.)/.test(text)) return NOWHERE;
  if (text.startsWith('local.')) return { ...NOWHERE, hiddenIn: [standing.scope] };
  const variable = /^var\.([\w-]+)(.*)$/.exec(text);
  if (variable !== null) return throughVariable(planned, variable, reference);
  const value = /^each\.value(.*)$/.exec(text);
  if (value !== null) return throughEach(planned, value[1] ?? '', reference);
  const module = /^(module\.[\w-]+(?:\[[^\]]*\])?)(?:\.([\w-]+))?(.*)$/.exec(text);
  if (module !== null) return throughModule(planned, module, reference);
  return toResource(planned, reference);
}

function throughVariable(
  planned: Planned,
  [, name = '', rest = '']: RegExpExecArray,
  { standing, all, steps }: Reference,
): Trail {
  const { call } = standing.scope;
  const given = call?.expressions[name];
  if (call === undefined || given === undefined) return NOWHERE;
  const carried = all.includes('each.key') ? standing.key : undefined;
  return withRest(follow(planned, given, { ...call.parent, carried }, steps), rest);
}

/** The element of the same key in what `for_each` goes over; beside something indexed, the value is the index. */
function throughEach(planned: Planned, rest: string, { standing, all, steps }: Reference): Trail {
  const { forEach, scope, key } = standing;
  const isIndex = rest === '' && all.some((other) => hasInstances(planned, within(scope, other)));
  if (forEach === undefined || isIndex) return NOWHERE;
  const over = referencesIn(forEach);
  const element = { standing: { scope, key }, all: [...over, 'each.key'], steps };
  return merge(over.map((text) => followOne(planned, { ...element, text: `${text}${rest}` })));
}

function throughModule(
  planned: Planned,
  [, step = '', output, rest = '']: RegExpExecArray,
  { standing, all, steps }: Reference,
): Trail {
  const key = indexAmong(all, standing);
  const indexed = step.endsWith(']') || key === undefined ? step : `${step}[${key}]`;
  const made = [indexed, step].find((one) => holdsSomething(planned, within(standing.scope, one)));
  const inner = scopeWithin(standing, made ?? step);
  const { outputs } = inner.configuration;
  const asked = output === undefined ? Object.values(outputs) : [outputs[output]];
  const trails = asked.map((given) => follow(planned, asObject(given).expression, { scope: inner }, steps));
  return withRest(merge(trails), rest);
}

function toResource(planned: Planned, { text, standing, all, steps }: Reference): Trail {
  const [, written = '', attribute] =
    /^((?:data\.)?[a-z0-9_]+\.[\w-]+(?:\[[^\]]*\])?)(?:\.([a-z0-9_]+))?$/.exec(text) ?? [];
  const { scope } = standing;
  const full = within(scope, written);
  const key = indexAmong(all, standing);
  const address = [full, `${full}[${key}]`].find((one) => planned.has(one)) ?? onlyInstance(planned, full);
  const block = scope.configuration.resources.get(withoutIndex(written));
  if (address === undefined) return block !== undefined && !hasInstances(planned, full) ? NOWHERE : OPEN;
  if (SETTING.test(written) && (attribute === 'id' || attribute === 'bucket')) {
    const ofSetting = { scope, key: keyOf(address), forEach: block?.forEach };
    return follow(planned, block?.expressions.bucket, ofSetting, steps);
  }
  const known = planned.get(address)?.[attribute ?? ''];
  return { ...NOWHERE, leads: [{ address, attribute, ...(isText(known) && { isKnown: true }) }] };
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/** The key of the same instance, where a reference is indexed by it. */
function indexAmong(all: readonly string[], standing: Standing): string | undefined {
  if (all.some((one) => one === 'each.key' || one === 'count.index')) return standing.key;
  return all.includes('each.value') ? eachValueAsKey(standing) : standing.carried;
}

/** In an expression, each reference is followed by its own beginnings, which say nothing more. */
function referencesIn(expression: unknown): readonly string[] {
  const references = asList(asObject(expression).references).map(String);
  return [...new Set(references)].filter(
    (one) => !references.some((other) => other.startsWith(`${one}.`) || other.startsWith(`${one}[`)),
  );
}
