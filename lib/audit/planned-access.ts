import type { Catalogue } from '../catalogue';
import { ToolkitError } from '../errors';
import { accessChanges } from './baseline/access-changes';
import type { DiffAccess } from './diff/environment-diff';
import { comparePermissions } from './permission-drift/compare-permissions';
import type { StackDocument } from './stack/stack-document';
import { readParts } from './subject/read-subject';

/**
 * Who can do more, or less, after a plan than before it, by evaluation of the policies of both times.
 *
 * @returns `undefined` where nothing is deployed yet, so that there is nothing to compare with
 */
export function plannedAccess(stack: StackDocument, catalogue: Catalogue): DiffAccess | undefined {
  if (!stack.before?.resources.some(({ type }) => type === 'aws_s3_bucket')) return undefined;
  const since = 'deployed';
  const [before, after] = [stack.before, stack].map((one) => readParts(one).environment);
  if (before?.state !== 'known') return { since, unknown: `what is deployed: ${reasonOf(before)}` };
  if (after?.state !== 'known') return { since, unknown: `what is planned: ${reasonOf(after)}` };
  const both = { before: before.value, after: after.value };
  try {
    const changes = accessChanges({
      before: { policies: both.before, resources: stack.before.resources },
      after: { policies: both.after, resources: stack.resources },
      drifts: comparePermissions({ ...both, catalogue }),
    });
    return { since, ...changes };
  } catch (error) {
    if (error instanceof ToolkitError) return { since, unknown: error.message };
    throw error;
  }
}

function reasonOf(answer: ReturnType<typeof readParts>['environment'] | undefined): string {
  return answer?.state === 'unknown' ? answer.because : 'its policies are not there';
}
