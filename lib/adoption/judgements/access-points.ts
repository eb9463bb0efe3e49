import { ToolkitError } from '../../errors';
import { type Policy, parsePolicy } from '../../iam';
import type { Read } from '../../verify/operator/live/read';
import type { AdoptionItem } from '../adoption';
import type { FoundAccessPoint } from '../found/found';
import { leavesItToAccessPoints } from '../found/read-access-points';
import { item, type Judge } from './judgement';
import { statementsThatGo } from './statements';

const ADDRESS = 'aws_s3_bucket.backup/access-point';
const LEFT = 'the stack does not know it and leaves it as it is';

/**
 * Access points: the stack knows none of them. A request through one needs the leave of the bucket too, so that one lets
 * in whom the bucket policy leaves to it, and that ends with its statement.
 */
export const judgeAccessPoints: Judge = (sides) => {
  const { accessPoints, bucket } = sides.found;
  if (!accessPoints.answer.ok) return [unknown(ADDRESS, accessPoints, 's3:ListAccessPoints')];
  const delegating = statementsThatGo(sides)
    .filter(({ statement }) => statement.Effect === 'Allow' && leavesItToAccessPoints(JSON.stringify(statement)))
    .map(({ sid }) => sid);
  return accessPoints.answer.value.map((one) =>
    bucket.policy.answer.ok
      ? toItem(one, delegating)
      : unknown(`${ADDRESS}/${one.name}`, bucket.policy, 's3:GetBucketPolicy'),
  );
};

function unknown(id: string, read: Read<unknown> | undefined, permission: string): AdoptionItem {
  const said =
    read === undefined || read.answer.ok ? '' : `${read.call} answered ${read.answer.code}: ${read.answer.message}`;
  const detail = `who gets in through access points could not be read, which takes ${permission}: ${said}`;
  return item(id, { verdict: 'unknown', detail });
}

function toItem(point: FoundAccessPoint, delegating: readonly string[]): AdoptionItem {
  const id = `${ADDRESS}/${point.name}`;
  const was =
    point.vpcId === undefined ? 'takes requests from the internet' : `takes requests from ${point.vpcId} alone`;
  const stays = (detail: string) => item(id, { verdict: 'stays', was, is: was, detail: `${detail}: ${LEFT}` });
  if (delegating.length === 0) return stays('no statement that goes leaves access to it');
  const { policy } = point;
  if (policy === undefined || !policy.answer.ok) return unknown(id, policy, 's3:GetAccessPointPolicy');
  if (policy.answer.value === undefined) return stays('it has no policy of its own that would let anybody in');
  return judgePolicy(policy.answer.value, { id, was, delegating, stays });
}

interface Judging {
  readonly id: string;
  readonly was: string;
  readonly delegating: readonly string[];
  readonly stays: (detail: string) => AdoptionItem;
}

function judgePolicy(document: string, { id, was, delegating, stays }: Judging): AdoptionItem {
  try {
    const callers = callersOf(parsePolicy(document, 'policy of the access point', { kind: 'resource' }));
    if (callers.length === 0) return stays('its own policy lets nobody in');
    const statements = delegating.map((sid) => `'${sid}'`).join(', ');
    const detail = `${callers.join(', ')}, whom its own policy lets in, got in by ${statements} of the bucket policy, which goes`;
    return item(id, { verdict: 'locks-out', was, is: 'lets in whom the bucket policy lets in', detail });
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
    return item(id, {
      verdict: 'unknown',
      was,
      detail: `who gets in through it could not be evaluated: ${error.message}`,
    });
  }
}

/** Whoever an Allow names; a Deny may keep some of them out in some circumstances. */
function callersOf({ statements }: Policy): readonly string[] {
  const allowed = statements.filter(({ effect }) => effect === 'Allow').flatMap(({ principals }) => principals ?? []);
  const named = allowed.flatMap(({ negated, anyone, byType }) =>
    negated || anyone ? ['anybody'] : Object.values(byType).flat(),
  );
  return [...new Set(named)];
}
