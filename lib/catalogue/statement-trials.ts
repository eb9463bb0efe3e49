import type { PolicyKind } from '../iam';
import { pointerTo } from './policy-problem';
import { isJsonObject, type JsonObject } from './statement-facts';
import { type MakeTrial, type Trial, valueTrials } from './value-trials';

/** Elements of which a statement has at most one, and the kinds of policy that need one. */
const GROUPS: readonly { readonly elements: readonly string[]; readonly neededIn: readonly PolicyKind[] }[] = [
  { elements: ['Effect'], neededIn: ['identity', 'session', 'resource', 'trust'] },
  { elements: ['Principal', 'NotPrincipal'], neededIn: ['resource', 'trust'] },
  { elements: ['Action', 'NotAction'], neededIn: ['identity', 'session', 'resource', 'trust'] },
  { elements: ['Resource', 'NotResource'], neededIn: ['identity', 'session', 'resource'] },
];

const FORBIDDEN: Readonly<Record<PolicyKind, readonly string[]>> = {
  identity: ['Principal', 'NotPrincipal'],
  session: ['Principal', 'NotPrincipal'],
  resource: [],
  trust: ['Resource', 'NotResource', 'NotPrincipal'],
};

export const STATEMENT_ELEMENTS: readonly string[] = [
  ...GROUPS.flatMap(({ elements }) => elements),
  'Sid',
  'Condition',
];

interface StatementAt {
  readonly statement: JsonObject;
  readonly pointer: string;
  readonly kind: PolicyKind;
}

/** The trials of one statement: each of its values by itself, what it lacks, and what excludes each other. */
export function statementTrials(value: unknown, pointer: string, kind: PolicyKind): readonly Trial[] {
  if (!isJsonObject(value)) return [{ statement: value, from: '', to: pointer, rule: 'wrong-value' }];
  const at: StatementAt = { statement: value, pointer, kind };
  const elements = Object.keys(value).filter((name) => value[name] !== undefined);
  return [...elements.flatMap((name) => elementTrials(name, at)), ...groupTrials(elements, at)];
}

function groupTrials(elements: readonly string[], { pointer, kind }: StatementAt): readonly Trial[] {
  return GROUPS.flatMap((group): readonly Trial[] => {
    const present = group.elements.filter((name) => elements.includes(name) && !FORBIDDEN[kind].includes(name));
    const isMissing = present.length === 0 && group.neededIn.includes(kind);
    if (!isMissing && present.length < 2) return [];
    const both = Object.fromEntries(present.map((name) => [name, '*']));
    const rule = isMissing ? 'missing-element' : 'conflicting-elements';
    return [{ statement: { ...without(group.elements, kind), ...both }, from: '', to: pointer, rule }];
  });
}

function elementTrials(name: string, at: StatementAt): readonly Trial[] {
  const value = at.statement[name];
  const to = pointerTo(at.pointer, name);
  const trial: MakeTrial = (tried, path, rest) => ({
    statement: { ...blankFor(name, at), [name]: tried },
    from: pointerTo('', name) + path,
    ...rest,
  });
  if (!STATEMENT_ELEMENTS.includes(name)) return [{ ...trial(value, '', { to, rule: 'unknown-element' }), from: '' }];
  if (isForbidden(name, at)) return [trial(value, '', { to, rule: 'element-not-allowed' })];
  return valueTrials(name, trial)(value, to);
}

function isForbidden(name: string, { statement, kind }: StatementAt): boolean {
  return FORBIDDEN[kind].includes(name) || (name === 'NotPrincipal' && statement.Effect === 'Allow');
}

/** `NotPrincipal` is the one element that depends on the effect. */
function blankFor(name: string, { statement, kind }: StatementAt): JsonObject {
  const group = GROUPS.find(({ elements }) => elements.includes(name))?.elements ?? [];
  const blank = without(group, kind);
  return name === 'NotPrincipal' && statement.Effect === 'Allow' ? { ...blank, Effect: 'Allow' } : blank;
}

/** A legal statement of the kind, without some of its elements. */
function without(elements: readonly string[], kind: PolicyKind): JsonObject {
  const needed = GROUPS.filter(({ neededIn }) => neededIn.includes(kind)).map((group) => group.elements[0] ?? '');
  const kept = needed.filter((name) => !elements.includes(name));
  return Object.fromEntries(kept.map((name) => [name, name === 'Effect' ? 'Deny' : '*']));
}
