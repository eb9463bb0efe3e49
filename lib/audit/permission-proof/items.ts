import type { EnvironmentPolicies } from '../environment-policies';
import type { Caller } from './callers';
import { blamedFor, describeDifference } from './describe';
import { expectationsOf } from './expectations';
import type { ProofEvidence, ProofItem } from './proof';
import type { Finding } from './prove';

/** What one caller can do, and what it can do that it should not, or cannot and should. */
export function itemsOf(
  findings: readonly Finding[],
  callers: readonly Caller[],
  policies: EnvironmentPolicies,
): readonly ProofItem[] {
  return callers.flatMap((caller) => {
    const own = findings.filter(({ question }) => question.caller === caller);
    const failures = failuresOf(own, policies);
    const permissions = permissionsOf(own);
    if (failures.length === 0 && permissions.length === 0) return [nothingItem(caller)];
    return [...permissions, ...failures];
  });
}

/** What came out as expected, put together where caller and circumstances are the same. */
function permissionsOf(findings: readonly Finding[]): readonly ProofItem[] {
  const right = findings.filter(({ study }) => study.isEverAllowed && study.differences.length === 0);
  const byAction = groupBy(right, ({ question, study }) => JSON.stringify([question.action, study.onlyIf])).map(
    toEvidence,
  );
  return mergeActions(byAction).map((evidence) => ({
    id: idOf(evidence),
    kind: 'permission',
    title: `${evidence.caller} may ${listOf(evidence.actions)} on ${evidence.on.join(', ')}`,
    result: 'pass',
    evidence,
  }));
}

/** The role's permissions stay apart, an action each; those of others are many and alike. */
function mergeActions(evidence: readonly ProofEvidence[]): readonly ProofEvidence[] {
  const keyOf = ({ caller, actions, on, onlyIf }: ProofEvidence) =>
    JSON.stringify([on, onlyIf, ...(caller === 'the role' ? actions : [])]);
  return groupBy(evidence, keyOf).map(([first, ...more]) => ({
    ...first,
    actions: [first, ...more].flatMap(({ actions }) => actions),
  }));
}

function toEvidence([first, ...more]: Group<Finding>): ProofEvidence {
  const { question, study } = first;
  return {
    caller: question.caller.title,
    actions: [question.action],
    on: [...new Set([first, ...more].map((one) => shapeOf(one)))],
    resource: question.sample.arn,
    onlyIf: study.onlyIf,
    context: study.context,
    by: study.by,
  };
}

function failuresOf(findings: readonly Finding[], policies: EnvironmentPolicies): readonly ProofItem[] {
  const findExpected = expectationsOf(policies);
  const failures = findings.flatMap((finding) =>
    finding.study.differences.map((difference) => {
      const { caller, action, sample } = finding.question;
      const expected = findExpected(caller.kind, action, sample.isForeign ? 'anything else' : sample.shape);
      const by = blamedFor(difference, expected?.by, policies);
      return { ...toEvidence([finding]), by, problem: describeDifference(difference, by), kind: difference.kind };
    }),
  );
  return groupBy(failures, ({ on, problem }) => JSON.stringify([on, problem])).map((group) => {
    const [{ kind, ...first }] = group;
    const evidence = { ...first, actions: group.flatMap(({ actions }) => actions.slice(0, 1)) };
    const unique = { ...evidence, actions: [...new Set(evidence.actions)] };
    const verb = kind === 'more' ? 'may' : 'may not';
    return {
      id: `${idOf(unique)}/${kind}/${slug(unique.resource)}`,
      kind: 'permission',
      title: `${unique.caller} ${verb} ${listOf(unique.actions)} on ${unique.on.join(', ')}`,
      result: 'fail',
      evidence: unique,
    };
  });
}

function nothingItem({ title }: Caller): ProofItem {
  const evidence = { caller: title, actions: [], on: [], resource: '*', onlyIf: [], context: {}, by: [] };
  return {
    id: `${slug(title)}/nothing`,
    kind: 'nothing',
    title: `${title} may do nothing with bucket, key and role`,
    result: 'pass',
    evidence,
  };
}

/** Its ARN says more of a resource than that it is none of the environment's. */
function shapeOf({ question: { sample } }: Finding): string {
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

function groupBy<Member>(members: readonly Member[], keyOf: (member: Member) => string): readonly Group<Member>[] {
  const groups = new Map<string, [Member, ...Member[]]>();
  for (const member of members) {
    const group = groups.get(keyOf(member));
    if (group === undefined) groups.set(keyOf(member), [member]);
    else group.push(member);
  }
  return [...groups.values()];
}
