import { explain, type Policy, type Principal, type Statement, type StatementExplanation } from '../../iam';
import type { Answer } from '../../iam/decision/layers';
import type { Admission } from '../../iam/match/principals';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import type { Asked } from './question';
import { createSameLists } from './same-lists';
import { canBeTakenApart, createParts, type StatementParts } from './statement-parts';
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
  const own = new Set(policies.flatMap(({ statements }) => statements));
  const partsOf = createParts();
  const candidatesOf = createCandidates(own);
  const { empty, extend } = createSameLists<StatementInPlay>();
  const known = new Map<readonly Candidate[], Map<string, readonly StatementInPlay[]>>();
  return (asked) => {
    const { resource } = asked.request;
    const candidates = candidatesOf(partsOf(asked), asked);
    const byResource = known.get(candidates) ?? new Map<string, readonly StatementInPlay[]>();
    known.set(candidates, byResource);
    let inPlay = byResource.get(resource);
    if (inPlay === undefined) {
      inPlay = candidates
        .filter((one) => one.inPlay.hasVariable || one.parts.covers(resource))
        .reduce((list, one) => extend(list, one.inPlay), empty);
      byResource.set(resource, inPlay);
    }
    return inPlay;
  };
}

interface Candidate {
  readonly parts: StatementParts;
  readonly inPlay: StatementInPlay;
}

/** The statements that name the action and admit the caller, whatever the resource. */
function createCandidates(own: ReadonlySet<Statement>) {
  const describe = createDescriptions(own);
  const { empty, extend } = createSameLists<Candidate>();
  const known = new Map<readonly StatementParts[], Map<Principal, Map<string, readonly Candidate[]>>>();
  return (list: readonly StatementParts[], asked: Asked): readonly Candidate[] => {
    const { principal, action } = asked.request;
    const ofList = known.get(list) ?? new Map<Principal, Map<string, readonly Candidate[]>>();
    known.set(list, ofList);
    const ofCaller = ofList.get(principal) ?? new Map<string, readonly Candidate[]>();
    ofList.set(principal, ofCaller);
    let candidates = ofCaller.get(action);
    if (candidates === undefined) {
      candidates = list.flatMap((parts) => candidateOf(parts, asked, describe)).reduce(extend, empty);
      ofCaller.set(action, candidates);
    }
    return candidates;
  };
}

function candidateOf(parts: StatementParts, asked: Asked, describe: Describe): readonly Candidate[] {
  const admission = parts.names(asked.request.action) ? parts.admissionOf(asked) : undefined;
  const candidate = describe(parts, admission);
  return admission !== undefined || candidate.inPlay.hasVariable ? [candidate] : [];
}

type Describe = (parts: StatementParts, admission: Admission | undefined) => Candidate;

/** The same object for the same statement in the same place. */
function createDescriptions(own: ReadonlySet<Statement>): Describe {
  const known = new Map<StatementParts, Map<Admission | undefined, Candidate>>();
  return (parts, admission) => {
    const ofParts = known.get(parts) ?? new Map<Admission | undefined, Candidate>();
    known.set(parts, ofParts);
    const candidate = ofParts.get(admission) ?? {
      parts,
      inPlay: inPlayAs(parts, own.has(parts.statement), admission),
    };
    ofParts.set(admission, candidate);
    return candidate;
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

function dependsOnVariable(statement: Statement | undefined): boolean {
  return statement?.resources?.patterns.some((pattern) => pattern.includes('${')) ?? false;
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
