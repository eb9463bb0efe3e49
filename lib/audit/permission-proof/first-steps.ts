import type { EnvironmentPolicies } from '../policies/environment-policies';
import type { CallerKind } from './callers';
import { writtenBy } from './describe';
import type { Look } from './looks';
import type { ProofItem } from './proof';
import type { Shape } from './samples';

type Steps = Readonly<Record<string, string>>;

/** First steps on the bucket, and what each makes possible. */
export const STEPS_ON_BUCKET: Steps = {
  's3:PutBucketPolicy': 'everything on the bucket, by another policy',
  's3:DeleteBucketPolicy': 'whatever the denials of the policy keep out',
  's3:PutBucketAcl': 'the objects, by another list',
  's3:PutBucketOwnershipControls': 'the objects, by access control lists',
  's3:PutBucketPublicAccessBlock': 'the bucket to anybody, once nothing blocks it',
  's3:PutReplicationConfiguration': 'a copy of every new object elsewhere',
  's3:PutInventoryConfiguration': 'a list of all objects elsewhere',
};
export const STEPS_ON_OBJECTS: Steps = {
  's3:PutObjectAcl': 'the object, by another list',
  's3:PutObjectVersionAcl': 'the version, by another list',
};
export const STEPS_ON_KEY: Steps = {
  'kms:PutKeyPolicy': 'everything with the key, by another policy',
  'kms:CreateGrant': 'use of the key, by a grant',
  'kms:ReplicateKey': 'use of a replica, under a policy of its own',
};

const STEPS = new Map(Object.entries({ ...STEPS_ON_BUCKET, ...STEPS_ON_OBJECTS, ...STEPS_ON_KEY }));

/** Whoever has only what bucket and key give them. */
const NAMED: ReadonlySet<CallerKind> = new Set(['role-without-policies', 'without-policies', 'outsider', 'host']);
const OUTSIDE: ReadonlySet<Shape> = new Set(['anything else', 'no resource', 'the role']);

/** A claim: nobody whom bucket and key let in can give themselves more in a second step. */
export function firstStepItem(looks: readonly Look[], policies: EnvironmentPolicies): ProofItem {
  const taken = looks.filter(({ caller }) => NAMED.has(caller.kind)).flatMap(stepsIn);
  const [first] = taken;
  return {
    id: 'refused/first-step',
    kind: 'refusal',
    title: 'A first step to more access, by whomever bucket and key let in, is refused',
    result: first === undefined ? 'pass' : 'fail',
    evidence: {
      caller: first?.caller ?? 'any',
      actions: first === undefined ? [...STEPS.keys()] : [...new Set(taken.map(({ action }) => action))],
      on: first === undefined ? ['the bucket', 'backups', 'the key'] : [...new Set(taken.map(({ on }) => on))],
      resource: first?.resource ?? '*',
      onlyIf: [],
      context: {},
      by: writtenBy(first?.by ?? [], policies),
      ...(first !== undefined && { problem: [...new Set(taken.map(({ said }) => said))].join('; ') }),
    },
  };
}

function stepsIn({ caller, rows }: Look) {
  return rows.flatMap(({ action, tried }) => {
    const gain = STEPS.get(action);
    const open = tried.find(({ sample, study }) => !OUTSIDE.has(sample.shape) && study.isEverAllowed);
    if (gain === undefined || open === undefined) return [];
    const { sample, study } = open;
    const said = `${caller.title} may ${action}, and so get ${gain}`;
    return [{ caller: caller.title, action, on: sample.shape, resource: sample.arn, by: study.by, said }];
  });
}
