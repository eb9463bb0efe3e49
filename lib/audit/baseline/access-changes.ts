import type { DriftKind, PermissionDrift } from '../permission-drift/drift';
import { describeCircumstances } from '../permission-proof/describe';
import type { AccessChange } from '../report/audit-report';

const MORE: ReadonlySet<DriftKind> = new Set(['gained', 'widened', 'moved']);
const LESS: ReadonlySet<DriftKind> = new Set(['lost', 'narrowed', 'moved']);

/** Access gained and access lost; one entry for each caller, action, resources and circumstances. */
export function accessChanges(drifts: readonly PermissionDrift[]) {
  const of = (kinds: ReadonlySet<DriftKind>) =>
    mergeById(drifts.filter(({ kind }) => kinds.has(kind)).flatMap(toChanges));
  return { gained: of(MORE), lost: of(LESS) };
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
