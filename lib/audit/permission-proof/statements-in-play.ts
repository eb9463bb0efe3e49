import { explain, type Policy, type Principal, type Statement, type StatementExplanation } from '../../iam';
import type { Answer } from '../../iam/decision/layers';
import type { Admission } from '../../iam/match/principals';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import type { Asked } from './question';
import { createSameLists } from './same-lists';
import { canBeTakenApart, createParts, dependsOnVariable, type StatementParts } from './statement-parts';
import { allPolicies } from './witnesses';

/** A statement that applies to an action and a resource in some circumstances. */
export interface StatementInPlay {
  /** Layer, policy and statement. */
  readonly id: string;
  readonly policy: string;
  /** Missing for policies that are not the environment's. */
  readonly statement: Statement | undefined;
  readonly effect: Statement['effect'];
  /** Whether its resource depends on the circumstances. */
  readonly hasVariable: boolean;
  /** Its answer where its conditions hold; missing where its elements do not tell. */
  readonly answer?: Answer;
}

/** May give the same list, as the same object, for the same statements. */
export type FindInPlay = (asked: Asked) => readonly StatementInPlay[];

/**
 * Finds the statements that have a say about an action and a resource, whatever the circumstances.
 *
 * A statement whose resource depends on a policy variable always has: the variable may take any value.
 */
export function findInPlay(policies: EnvironmentPolicies): FindInPlay {
  const own = allPolicies(policies);
  return canBeTakenApart(own) ? findByParts(own) : findByExplaining(own);
}

/** Asks the evaluator about the whole of each statement. */
export function findByExplaining(policies: readonly Policy[]): FindInPlay {
  const own = new Map(
    policies.map(({ name, statements }) => [name, new Map(statements.map((one) => [one.id, one]))] as const),
  );
  return ({ request, policies: asked }) =>
    explain(request, asked).statements.flatMap((explanation) => {
      const statement = own.get(explanation.policy)?.get(explanation.statement);
      const hasVariable = dependsOnVariable(statement);
      if (!hasSay(explanation) && !hasVariable) return [];
      const { layer, policy, effect } = explanation;
      return [{ id: `${layer} ${policy} ${explanation.statement}`, policy, statement, effect, hasVariable }];
    });
}

/** Asks about each element of a statement once for each value; only the conditions are left open. */
function findByParts(policies: readonly Policy[]): FindInPlay {
  const partsOf = createParts();
  const applyingIn = createApplying();
  const admittingIn = createAdmitting(policies);
  return (asked) => admittingIn(applyingIn(partsOf(asked), asked.request), asked);
}

/** The statements that are about the action and the resource, whoever asks; the same list for the same statements. */
function createApplying() {
  const { empty, extend } = createSameLists<StatementParts>();
  const known = new Map<readonly StatementParts[], Map<string, readonly StatementParts[]>>();
  const find = (list: readonly StatementParts[], action: string, resource: string): readonly StatementParts[] => {
    let found = empty;
    for (const parts of list) {
      if (!parts.names(action)) found = parts.unnamed ? extend(found, parts.unnamed) : found;
      else if (parts.unnamed || parts.covers(resource)) found = extend(found, parts);
    }
    return found;
  };
  return (list: readonly StatementParts[], { action, resource }: Asked['request']): readonly StatementParts[] => {
    const ofList = known.get(list) ?? new Map<string, readonly StatementParts[]>();
    known.set(list, ofList);
    const question = `${action} ${resource}`;
    const found = ofList.get(question) ?? find(list, action.toLowerCase(), resource);
    ofList.set(question, found);
    return found;
  };
}

type ByCaller = Map<Principal, Map<readonly StatementParts[], readonly StatementInPlay[]>>;

/** Those of some statements that admit the caller; the same list for the same statements. */
function createAdmitting(policies: readonly Policy[]) {
  const describe = createDescriptions(new Set(policies.flatMap(({ statements }) => statements)));
  const { empty, extend } = createSameLists<StatementInPlay>();
  const find = (applying: readonly StatementParts[], asked: Asked): readonly StatementInPlay[] => {
    let found = empty;
    for (const parts of applying) {
      const admission = parts.admissionOf(asked);
      const inPlay = describe(parts, admission);
      if (admission !== undefined || inPlay.hasVariable) found = extend(found, inPlay);
    }
    return found;
  };
  const knownWithout: ByCaller = new Map();
  const knownWithin: ByCaller = new Map();
  return (applying: readonly StatementParts[], asked: Asked): readonly StatementInPlay[] => {
    const { principal } = asked.request;
    // A boundary decides whom a denial spares.
    const known = asked.policies.boundary === undefined ? knownWithout : knownWithin;
    const ofCaller = known.get(principal) ?? new Map<readonly StatementParts[], readonly StatementInPlay[]>();
    known.set(principal, ofCaller);
    const found = ofCaller.get(applying) ?? find(applying, asked);
    ofCaller.set(applying, found);
    return found;
  };
}

type Describe = (parts: StatementParts, admission: Admission | undefined) => StatementInPlay;

/** The same object for the same statement in the same place. */
function createDescriptions(own: ReadonlySet<Statement>): Describe {
  const known = new Map<StatementParts, Map<Admission | undefined, StatementInPlay>>();
  return (parts, admission) => {
    const ofParts = known.get(parts) ?? new Map<Admission | undefined, StatementInPlay>();
    known.set(parts, ofParts);
    const inPlay = ofParts.get(admission) ?? inPlayAs(parts, own.has(parts.statement), admission);
    ofParts.set(admission, inPlay);
    return inPlay;
  };
}

function inPlayAs(
  { layer, policy, statement }: StatementParts,
  isOwn: boolean,
  admission: Admission | undefined,
): StatementInPlay {
  const { id, effect } = statement;
  return {
    id: `${layer} ${policy} ${id}`,
    policy,
    statement: isOwn ? statement : undefined,
    effect,
    hasVariable: isOwn && dependsOnVariable(statement),
    ...(admission && { answer: { layer, policy, statement: id, effect, outcome: { matched: true, admission } } }),
  };
}

function hasSay(explanation: StatementExplanation): boolean {
  return explanation.matched || 'condition' in explanation;
}

const knownKeys = new WeakMap<readonly StatementInPlay[], ReadonlySet<string>>();

/** The condition keys that these statements ask about, in lower case. */
export function keysOf(inPlay: readonly StatementInPlay[]): ReadonlySet<string> {
  const keys = knownKeys.get(inPlay) ?? findKeys(inPlay);
  knownKeys.set(inPlay, keys);
  return keys;
}

function findKeys(inPlay: readonly StatementInPlay[]): ReadonlySet<string> {
  const keys = inPlay.flatMap(({ statement }) => [
    ...(statement?.conditions ?? []).flatMap(({ key, values }) => [key, ...values.flatMap(variablesIn)]),
    ...(statement?.resources?.patterns ?? []).flatMap(variablesIn),
  ]);
  return new Set(keys.map((key) => key.toLowerCase()));
}

export function variablesIn(text: string): readonly string[] {
  return text.includes('${') ? [...text.matchAll(/\$\{([\w-]+:[^},]+)/g)].map(([, key = '']) => key.trim()) : [];
}
