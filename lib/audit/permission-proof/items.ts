import type { DecidingStatement } from '../../iam';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import type { Caller, CallerKind } from './callers';
import { blamedFor, describeDifference, writtenBy } from './describe';
import { type Group, groupBy } from './group-by';
import { type KeptFor, keptBy } from './kept-claims';
import type { Look, Row, Tried } from './looks';
import type { ProofEvidence, ProofItem } from './proof';
import type { Difference } from './study';

/** The access of one caller, and its differences from the expected access. */
export function itemsOf(looks: readonly Look[], policies: EnvironmentPolicies): readonly ProofItem[] {
  const grantsOf = once(rightlyAllowed);
  const writtenOf = once((by: readonly DecidingStatement[]) => writtenBy(by, policies));
  const failuresIn = once((tried: readonly Tried[]) => tried.flatMap((one) => failuresAt(one, policies)));
  const keptFor = keptBy(policies);
  // Callers who look alike have the same rows.
  const claims = new Map<readonly Row[], readonly Claim[]>();
  return looks.flatMap(({ caller, rows }) => {
    const known =
      claims.get(rows) ??
      [...permissionsOf(caller.kind, rows, grantsOf), ...failuresOf(rows, failuresIn)].map((claim) => ({
        ...claim,
        evidence: { ...claim.evidence, by: writtenOf(claim.evidence.by) },
      }));
    claims.set(rows, known);
    return known.length === 0
      ? [nothingItem(caller, policies)]
      : known.map((claim) => keptItem(claim, caller, keptFor) ?? toItem(claim, caller));
  });
}

/** The claims about a caller, whoever it is. */
interface Claim {
  readonly evidence: Omit<ProofEvidence, 'caller'>;
  /** Missing for a permission that is as expected. */
  readonly failure?: Difference['kind'];
}

function toItem({ evidence: claimed, failure }: Claim, { title }: Caller): ProofItem {
  const evidence: ProofEvidence = { caller: title, ...claimed };
  const verb = failure === 'less' ? 'may not' : 'may';
  const id = idOf(evidence);
  return {
    id: failure === undefined ? id : `${id}/${failure}/${slug(evidence.resource)}`,
    kind: 'permission',
    title: `${title} ${verb} ${listOf(evidence.actions)} on ${evidence.on.join(', ')}`,
    result: failure === undefined ? 'pass' : 'fail',
    evidence,
  };
}

/** Differences that a statement kept on purpose makes, with who answers for it. */
function keptItem({ evidence: claimed, failure }: Claim, caller: Caller, keptFor: KeptFor): ProofItem | undefined {
  const kept = failure && keptFor(caller, failure, claimed);
  if (kept === undefined) return undefined;
  const { problem: _problem, ...evidence } = { caller: caller.title, ...claimed };
  const because = kept.map(({ sid, reason, owner }) => `${sid}: ${reason} (${owner})`).join('; ');
  return {
    id: `${idOf(evidence)}/kept/${slug(evidence.resource)}`,
    kind: 'permission',
    title: `${caller.title} ${failure === 'less' ? 'may not' : 'may'} ${listOf(evidence.actions)} on ${evidence.on.join(', ')}, kept on purpose: ${because}`,
    result: 'pass',
    evidence,
  };
}

/** The answers that came out as expected, grouped by equal circumstances. */
function permissionsOf(
  kind: CallerKind,
  rows: readonly Row[],
  grantsOf: (tried: readonly Tried[]) => readonly Grant[],
): readonly Claim[] {
  const grants = rows.flatMap(({ action, tried }) => grantsOf(tried).map((grant) => ({ action, ...grant })));
  // The role's permissions stay apart, an action each; those of others are many and alike.
  const merged = groupBy(grants, ({ action, likeness }) => (kind === 'role' ? `${action} ${likeness}` : likeness));
  return merged.map((group) => {
    const [{ places }] = group;
    const actions = group.map(({ action }) => action);
    return { evidence: toEvidence(places, actions) };
  });
}

interface Grant {
  readonly places: Group<Tried>;
  /** Resources and circumstances, as one text. */
  readonly likeness: string;
}

/** The resources tried with one action on which it is rightly allowed, by circumstances. */
function rightlyAllowed(tried: readonly Tried[]): readonly Grant[] {
  const right = tried.filter(({ study }) => study.isEverAllowed && study.differences.length === 0);
  return groupBy(right, ({ study }) => JSON.stringify(study.onlyIf)).map((places) => ({
    places,
    likeness: JSON.stringify([unique(places.map(shapeOf)), places[0].study.onlyIf]),
  }));
}

function toEvidence(places: Group<Tried>, actions: readonly string[]): Claim['evidence'] {
  const [{ sample, study }] = places;
  return {
    actions,
    on: unique(places.map(shapeOf)),
    resource: sample.arn,
    onlyIf: study.onlyIf,
    context: study.context,
    by: study.by,
  };
}

function failuresOf(
  rows: readonly Row[],
  failuresIn: (tried: readonly Tried[]) => readonly Failure[],
): readonly Claim[] {
  const failures = rows.flatMap(({ action, tried }) => failuresIn(tried).map((failure) => ({ action, ...failure })));
  return groupBy(failures, ({ likeness }) => likeness).map((group) => {
    const [{ tried, by, lacking, problem, kind }] = group;
    const actions = unique(group.map(({ action }) => action));
    const evidence = { ...toEvidence([tried], actions), by, ...(lacking.length > 0 && { lacking }), problem };
    return { evidence, failure: kind };
  });
}

type Failure = ReturnType<typeof failuresAt>[number];

function failuresAt(tried: Tried, policies: EnvironmentPolicies) {
  return tried.study.differences.map((difference) => {
    const blame = blamedFor(difference, tried.expected?.by, policies);
    const problem = describeDifference(difference, blame);
    return { tried, ...blame, problem, kind: difference.kind, likeness: JSON.stringify([[shapeOf(tried)], problem]) };
  });
}

function nothingItem({ title }: Caller, { role }: EnvironmentPolicies): ProofItem {
  const evidence = { caller: title, actions: [], on: [], resource: '*', onlyIf: [], context: {}, by: [] };
  return {
    id: `${slug(title)}/nothing`,
    kind: 'nothing',
    title: `${title} may do nothing with ${role.trust ? 'bucket, key and role' : 'bucket and key'}`,
    result: 'pass',
    evidence,
  };
}

/** Its ARN says more of a resource than that it is none of the environment's. */
function shapeOf({ sample }: Tried): string {
  const owner = sample.isForeign ? ' of another account' : '';
  return sample.shape === 'anything else' ? `${sample.arn}${owner}` : sample.shape;
}

function idOf({ caller, actions, on }: ProofEvidence): string {
  return [caller, listOf(actions), on.join('+')].map(slug).join('/');
}

function slug(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9:*.-]+/g, '-');
}

function listOf(actions: readonly string[]): string {
  return actions.length > 3 ? `${actions[0]} and ${actions.length - 1} more` : actions.join(', ');
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

/** Works out the same of the same list once. */
function once<Key extends object, Value>(work: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const value = made.get(key) ?? work(key);
    made.set(key, value);
    return value;
  };
}
