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

const VARIABLE = /\$\{([^}']*)(?:'([^']*)'\s*)?\}/g;
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
  for (const match of text.matchAll(VARIABLE)) {
    parts.push({ kind: 'codes', codes: toCodes(text.slice(end, match.index)) }, toPart(match));
    end = match.index + match[0].length;
  }
  return [...parts, { kind: 'codes', codes: toCodes(text.slice(end)) }];
}

/** The pattern for one request; `undefined` when a variable has neither value nor default, so that nothing can equal it. */
export function resolveTemplate(template: Template, variables: VariableValues): Pattern | undefined {
  let codes: Pattern = [];
  for (const part of template) {
    const resolved = part.kind === 'codes' ? part.codes : resolveVariable(part, variables);
    if (resolved === undefined) return undefined;
    codes = codes.concat(resolved);
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
  const names = [...text.matchAll(VARIABLE)].map(([, name = '', fallback]) => ({ name: name.trim(), fallback }));
  if (text.replaceAll(VARIABLE, '').includes('${') || names.some(({ name }) => name.includes('${'))) {
    return "a policy variable must be closed with '}'";
  }
  if (names.some(({ name, fallback }) => fallback !== undefined && !name.endsWith(','))) {
    return "a policy variable's default must follow a comma, as in: aws:userid, 'anonymous'";
  }
  return findVariableKeys(text).includes('') ? 'a policy variable must name a context key' : undefined;
}

function toPart(match: RegExpMatchArray): TemplatePart {
  const name = (match[1] ?? '').trim();
  if (ESCAPES.has(name)) return { kind: 'codes', codes: codesOf(name) };
  const fallback = match[2];
  if (fallback === undefined) return { kind: 'variable', key: name };
  return { kind: 'variable', key: name.replace(/\s*,$/, ''), fallback };
}

function resolveVariable(
  variable: { readonly key: string; readonly fallback?: string },
  variables: VariableValues,
): Pattern | undefined {
  const value = variables(variable.key.toLowerCase()) ?? variable.fallback;
  return value === undefined ? undefined : codesOf(value);
}
