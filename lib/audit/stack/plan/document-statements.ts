import type { Arguments } from '../arguments';
import { asList, asObject } from './configurations';

/** A statement, as the provider writes it into a policy. */
export type Statement = Readonly<Record<string, unknown>>;

/** @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document */
export function renderStatement(given: Arguments): Statement {
  const entries: readonly (readonly [string, unknown])[] = [
    ['Sid', given.sid],
    ['Effect', given.effect ?? 'Allow'],
    ['Action', given.actions],
    ['NotAction', given.not_actions],
    ['Resource', variablesIn(given.resources)],
    ['NotResource', variablesIn(given.not_resources)],
    ['Principal', principalsOf(given.principals)],
    ['NotPrincipal', principalsOf(given.not_principals)],
    ['Condition', conditionsOf(given.condition)],
  ];
  return Object.fromEntries(
    entries.filter(([, value]) => value !== undefined && value !== null && !isEmptyList(value)),
  );
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** In a document `&{…}` stands for a policy variable, which Terraform would otherwise take for its own. */
function variablesIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(variablesIn);
  return typeof value === 'string' ? value.replaceAll('&{', () => '$${') : value;
}

function principalsOf(blocks: unknown): unknown {
  const all = asList(blocks).map(asObject);
  if (all.length === 0) return undefined;
  if (all.some(({ type, identifiers }) => type === '*' && asList(identifiers).includes('*'))) return '*';
  return gathered(all.map(({ type, identifiers }) => [type, identifiers]));
}

function conditionsOf(blocks: unknown): unknown {
  const all = asList(blocks).map(asObject);
  if (all.length === 0) return undefined;
  const tests = [...new Set(all.map(({ test }) => String(test)))];
  return Object.fromEntries(
    tests.map((test) => [
      test,
      gathered(all.filter((one) => String(one.test) === test).map(({ variable, values }) => [variable, values])),
    ]),
  );
}

/** Values of the same name together. */
function gathered(pairs: readonly (readonly [unknown, unknown])[]): Readonly<Record<string, unknown>> {
  const names = [...new Set(pairs.map(([name]) => String(name)))];
  return Object.fromEntries(
    names.map((name) => [
      name,
      pairs.flatMap(([other, values]) => (String(other) === name ? asList(variablesIn(values)) : [])),
    ]),
  );
}
