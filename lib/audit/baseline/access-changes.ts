import type { DriftKind, PermissionDrift } from '../permission-drift/drift';
import { describeCircumstances } from '../permission-proof/describe';
import type { AccessChange } from '../report/audit-report';

const MORE: ReadonlySet<DriftKind> = new Set(['gained', 'widened', 'moved']);
const LESS: ReadonlySet<DriftKind> = new Set(['lost', 'narrowed', 'moved']);

/** What somebody can do now and could not before, and the other way round; one for each caller and action. */
export function accessChanges(drifts: readonly PermissionDrift[]) {
  const of = (kinds: ReadonlySet<DriftKind>) =>
    mergeById(drifts.filter(({ kind }) => kinds.has(kind)).flatMap(toChanges));
  return { gained: of(MORE), lost: of(LESS) };
}

function toChanges({ caller, actions, on, when }: PermissionDrift): readonly AccessChange[] {
  const example = describeCircumstances(when);
  return actions.map((action) => ({ id: `${caller}/${action}`, caller, action, resources: on, example }));
}

function mergeById(changes: readonly AccessChange[]): readonly AccessChange[] {
  const merged = new Map<string, AccessChange>();
  for (const change of changes) {
    const known = merged.get(change.id);
    const resources = [...new Set([...(known?.resources ?? []), ...change.resources])];
    merged.set(change.id, { ...(known ?? change), resources });
  }
  return [...merged.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
}
