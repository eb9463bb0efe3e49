import type { DriftKind, PermissionDrift } from '../permission-drift/drift';
import { describeCircumstances } from '../permission-proof/describe';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import type { AccessChange } from '../report/audit-report';

const MORE: ReadonlySet<DriftKind> = new Set(['gained', 'widened', 'moved']);
const LESS: ReadonlySet<DriftKind> = new Set(['lost', 'narrowed', 'moved']);

/** One of the two times. */
interface AccessSide {
  readonly policies: EnvironmentPolicies;
  /** What the stack consists of. */
  readonly resources: readonly { readonly type: string }[];
}

/** What was there before and after, and how access differs by the policies. */
interface Compared {
  readonly before: AccessSide;
  readonly after: AccessSide;
  readonly drifts: readonly PermissionDrift[];
}

/** Access gained and access lost; one entry for each caller, action, resources and circumstances. */
export function accessChanges({ before, after, drifts }: Compared) {
  const of = (kinds: ReadonlySet<DriftKind>, all: readonly PermissionDrift[]) =>
    all.filter(({ kind }) => kinds.has(kind)).flatMap(toChanges);
  const left = roleLeft(before, after);
  const isOfLeft = ({ caller }: PermissionDrift) => left.some((one) => one.caller === caller);
  const asLost = drifts
    .filter((drift) => !isOfLeft(drift))
    .map((drift) => ({ ...drift, when: drift.whenLost ?? drift.when }));
  return {
    gained: mergeById([...roleTaken(before.policies, after.policies), ...of(MORE, drifts)]),
    lost: mergeById([...left, ...of(LESS, asLost)]),
  };
}

const ALL_OF_IT = 'all that the role may do';

/** A role that exists already in the place of another, or of one whose trust policy was known: whoever has it is let in. */
function roleTaken(before: EnvironmentPolicies, after: EnvironmentPolicies): readonly AccessChange[] {
  const { arn: caller } = after.role;
  const isAsBefore = before.role.arn === caller && before.role.trust === undefined;
  return isAsBefore || after.declared.host.kind !== 'existing-role' ? [] : [allOfIt(caller)];
}

/**
 * A role that the stack no longer gives its policies: another one has its place, or its owner is to attach them now. What
 * somebody else attached to it stays, so nothing is said of that.
 */
function roleLeft(before: AccessSide, after: AccessSide): readonly AccessChange[] {
  const { arn } = before.policies.role;
  const isStillGiven = arn === after.policies.role.arn && givesPolicies(after);
  return givesPolicies(before) && !isStillGiven ? [allOfIt(arn)] : [];
}

const GIVING: readonly string[] = ['aws_iam_role', 'aws_iam_role_policy_attachment'];

function givesPolicies({ resources }: AccessSide): boolean {
  return resources.some(({ type }) => GIVING.includes(type));
}

function allOfIt(caller: string): AccessChange {
  return { id: `${caller}/* on ${ALL_OF_IT}`, caller, action: '*', resources: [ALL_OF_IT], example: '' };
}

function toChanges({ caller, actions, on, when }: PermissionDrift): readonly AccessChange[] {
  const example = describeCircumstances(when);
  const place = `on ${on.join(', ')}${example && ` with ${example}`}`;
  return actions.map((action) => ({ id: `${caller}/${action} ${place}`, caller, action, resources: on, example }));
}

/** The id says all that a change is, so two of one id are one. */
function mergeById(changes: readonly AccessChange[]): readonly AccessChange[] {
  const byId = new Map(changes.map((change) => [change.id, change]));
  return [...byId.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
}
