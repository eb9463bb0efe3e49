import { codesOf, type Pattern, parseWildcards } from './wildcard';

/** Text of a policy that may hold policy variables, cut at each of them. */
export type Template = readonly TemplatePart[];

export type TemplatePart =
  | { readonly kind: 'codes'; readonly codes: Pattern }
  | { readonly kind: 'variable'; readonly key: string; readonly fallback?: string };

/** The value of a context key, by name in lower case; `undefined` when the request does not carry it. */
export type VariableValues = (key: string) => string | undefined;

export interface TemplateOptions {
  /** Variables exist since policy version 2012-10-17; before it, `${…}` is ordinary text. */
  readonly hasVariables: boolean;
  /** Whether `*` and `?` outside variables are wildcards. */
  readonly hasWildcards: boolean;
}

/** A variable of a text, and where it stands. */
interface Found {
  readonly index: number;
  readonly end: number;
  readonly name: string;
  readonly fallback?: string;
}

const ESCAPES: ReadonlySet<string> = new Set(['*', '?', '$']);

/**
 * Cuts a text at its policy variables; `${*}`, `${?}` and `${$}` stand for the character itself.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function parseTemplate(text: string, options: TemplateOptions): Template {
  const toCodes = options.hasWildcards ? parseWildcards : codesOf;
  if (!options.hasVariables || !text.includes('${')) return [{ kind: 'codes', codes: toCodes(text) }];
  const parts: TemplatePart[] = [];
  let end = 0;
  for (const found of findVariables(text)) {
    parts.push({ kind: 'codes', codes: toCodes(text.slice(end, found.index)) }, toPart(found));
    end = found.end;
  }
  return [...parts, { kind: 'codes', codes: toCodes(text.slice(end)) }];
}

/** The pattern for one request; `undefined` when a variable has neither value nor default, so that nothing can equal it. */
export function resolveTemplate(template: Template, variables: VariableValues): Pattern | undefined {
  const codes: number[] = [];
  for (const part of template) {
    const resolved = part.kind === 'codes' ? part.codes : resolveVariable(part, variables);
    if (resolved === undefined) return undefined;
    for (const code of resolved) codes.push(code);
  }
  return codes;
}

/** Names of the context keys that a text's variables read. */
export function findVariableKeys(text: string): readonly string[] {
  if (!text.includes('${')) return [];
  return parseTemplate(text, { hasVariables: true, hasWildcards: false }).flatMap((part) =>
    part.kind === 'variable' ? [part.key] : [],
  );
}

/** The rule that the variables of a text break; `undefined` when they break none. */
export function findVariableProblem(text: string): string | undefined {
  if (!text.includes('${')) return undefined;
  const found = findVariables(text);
  if (withoutVariables(text, found).includes('${') || found.some(({ name }) => name.includes('${'))) {
    return "a policy variable must be closed with '}'";
  }
  if (found.some(({ name, fallback }) => fallback !== undefined && !name.endsWith(','))) {
    return "a policy variable's default must follow a comma, as in: aws:userid, 'anonymous'";
  }
  return findVariableKeys(text).includes('') ? 'a policy variable must name a context key' : undefined;
}

/**
 * Variables from left to right: `${name}`, or `${name 'default'}`. In one pass: whatever opens before the same `}` or
 * quote ends as the first of them does, so the rest need not be tried.
 */
function findVariables(text: string): readonly Found[] {
  const found: Found[] = [];
  let index = text.indexOf('${');
  while (index >= 0) {
    const stop = indexOfStop(text, index + 2);
    if (stop < 0) break;
    const variable = text[stop] === '}' ? plainVariable(text, index, stop) : variableWithDefault(text, index, stop);
    if (variable !== undefined) found.push(variable);
    index = text.indexOf('${', variable?.end ?? stop + 1);
  }
  return found;
}

/** Where a name ends: at the first `}` or quote. */
function indexOfStop(text: string, from: number): number {
  for (let at = from; at < text.length; at++) if (text[at] === '}' || text[at] === "'") return at;
  return -1;
}

function plainVariable(text: string, index: number, stop: number): Found {
  return { index, end: stop + 1, name: text.slice(index + 2, stop).trim() };
}

/** `undefined` when nothing closes it after the default. */
function variableWithDefault(text: string, index: number, stop: number): Found | undefined {
  const quote = text.indexOf("'", stop + 1);
  if (quote < 0) return undefined;
  let close = quote + 1;
  while (close < text.length && /\s/.test(text.charAt(close))) close++;
  if (text[close] !== '}') return undefined;
  return { ...plainVariable(text, index, stop), end: close + 1, fallback: text.slice(stop + 1, quote) };
}

function withoutVariables(text: string, found: readonly Found[]): string {
  return (
    found.map(({ index }, at) => text.slice(found[at - 1]?.end ?? 0, index)).join('') +
    text.slice(found.at(-1)?.end ?? 0)
  );
}

function toPart({ name, fallback }: Found): TemplatePart {
  if (ESCAPES.has(name)) return { kind: 'codes', codes: codesOf(name) };
  if (fallback === undefined) return { kind: 'variable', key: name };
  return { kind: 'variable', key: name.endsWith(',') ? name.slice(0, -1).trimEnd() : name, fallback };
}

function resolveVariable(
  variable: { readonly key: string; readonly fallback?: string },
  variables: VariableValues,
): Pattern | undefined {
  const value = variables(variable.key.toLowerCase()) ?? variable.fallback;
  return value === undefined ? undefined : codesOf(value);
}
