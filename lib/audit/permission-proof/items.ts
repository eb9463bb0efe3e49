import type { EnvironmentPolicies } from '../policies/environment-policies';
import type { Caller } from './callers';
import { blamedFor, describeDifference } from './describe';
import type { LookedInto, Tried } from './looks';
import type { ProofEvidence, ProofItem } from './proof';

/** What one caller can do, and what it can do that it should not, or cannot and should. */
export function itemsOf(
  findings: readonly LookedInto[],
  callers: readonly Caller[],
  policies: EnvironmentPolicies,
): readonly ProofItem[] {
  const byCaller = new Map(groupBy(findings, ({ caller }) => caller).map((group) => [group[0].caller, group]));
  return callers.flatMap((caller) => {
    const own = byCaller.get(caller) ?? [];
    const failures = failuresOf(own, policies);
    const permissions = permissionsOf(own);
    if (failures.length === 0 && permissions.length === 0) return [nothingItem(caller, policies)];
    return [...permissions, ...failures];
  });
}

/** What came out as expected, put together where caller and circumstances are the same. */
function permissionsOf(findings: readonly LookedInto[]): readonly ProofItem[] {
  const grantsOf = once(rightlyAllowed);
  const grants = findings.flatMap((finding) => grantsOf(finding.tried).map((grant) => ({ finding, ...grant })));
  // The role's permissions stay apart, an action each; those of others are many and alike.
  const merged = groupBy(grants, ({ finding: { caller, action }, likeness }) =>
    caller.kind === 'role' ? `${action} ${likeness}` : likeness,
  );
  return merged.map((group) => {
    const [{ finding, places }] = group;
    const evidence = toEvidence(
      finding,
      places,
      group.map((one) => one.finding.action),
    );
    return {
      id: idOf(evidence),
      kind: 'permission',
      title: `${evidence.caller} may ${listOf(evidence.actions)} on ${evidence.on.join(', ')}`,
      result: 'pass',
      evidence,
    };
  });
}

interface Grant {
  readonly places: Group<Tried>;
  /** Resources and circumstances, as one text. */
  readonly likeness: string;
}

/** Of the resources that were tried with one action, those where it is rightly allowed, by the circumstances. */
function rightlyAllowed(tried: readonly Tried[]): readonly Grant[] {
  const right = tried.filter(({ study }) => study.isEverAllowed && study.differences.length === 0);
  return groupBy(right, ({ study }) => JSON.stringify(study.onlyIf)).map((places) => ({
    places,
    likeness: JSON.stringify([unique(places.map(shapeOf)), places[0].study.onlyIf]),
  }));
}

function toEvidence({ caller }: LookedInto, places: Group<Tried>, actions: readonly string[]): ProofEvidence {
  const [{ sample, study }] = places;
  return {
    caller: caller.title,
    actions,
    on: unique(places.map(shapeOf)),
    resource: sample.arn,
    onlyIf: study.onlyIf,
    context: study.context,
    by: study.by,
  };
}

function failuresOf(findings: readonly LookedInto[], policies: EnvironmentPolicies): readonly ProofItem[] {
  const failuresIn = once((tried: readonly Tried[]) => tried.flatMap((one) => failuresAt(one, policies)));
  const failures = findings.flatMap((finding) => failuresIn(finding.tried).map((failure) => ({ finding, ...failure })));
  return groupBy(failures, ({ likeness }) => likeness).map((group) => {
    const [{ finding, tried, by, problem, kind }] = group;
    const evidence = { ...toEvidence(finding, [tried], unique(group.map((one) => one.finding.action))), by, problem };
    const verb = kind === 'more' ? 'may' : 'may not';
    return {
      id: `${idOf(evidence)}/${kind}/${slug(evidence.resource)}`,
      kind: 'permission',
      title: `${evidence.caller} ${verb} ${listOf(evidence.actions)} on ${evidence.on.join(', ')}`,
      result: 'fail',
      evidence,
    };
  });
}

function failuresAt(tried: Tried, policies: EnvironmentPolicies) {
  return tried.study.differences.map((difference) => {
    const by = blamedFor(difference, tried.expected?.by, policies);
    const problem = describeDifference(difference, by);
    return { tried, by, problem, kind: difference.kind, likeness: JSON.stringify([[shapeOf(tried)], problem]) };
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

type Group<Member> = readonly [Member, ...(readonly Member[])];

function groupBy<Member>(members: readonly Member[], keyOf: (member: Member) => unknown): readonly Group<Member>[] {
  const groups = new Map<unknown, [Member, ...Member[]]>();
  for (const member of members) {
    const key = keyOf(member);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [member]);
    else group.push(member);
  }
  return [...groups.values()];
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
