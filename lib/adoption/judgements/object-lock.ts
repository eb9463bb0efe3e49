import { LOCK_LOSSES } from '../../audit/losses/lock-losses';
import type { Settings } from '../../verify/operator/settings/settings';
import type { Wanted } from '../wanted';
import { isSet, type SettingChange } from './judgement';

/** A lock that the file shortens is a loss; one that it does not name stays. */
export function judgeLock(was: Settings, { settings: { objectLock: is } }: Wanted): readonly SettingChange[] {
  const [before, after] = [describeLock(was), describeLock(is)];
  if (!isSet(was))
    return isSet(is)
      ? [['lock', 'tightens', 'off', after, 'new versions are locked, and S3 never switches Object Lock off again']]
      : [];
  const keep =
    was.Mode === undefined
      ? undefined
      : { objectLock: { mode: was.Mode, retentionDays: Number(was.Days ?? Number(was.Years) * 365) } };
  // Without the lines, the stack leaves a lock as it is.
  if (!isSet(is))
    return [['lock', 'stays', before, before, 'the file says nothing of it, and the stack leaves it as it is', keep]];
  const losses = LOCK_LOSSES.flatMap(({ what, find }) =>
    find(retentionOf(was), retentionOf(is), {}).map(
      ({ detail }): SettingChange => [what, 'loses', before, after, detail, keep],
    ),
  );
  if (losses.length > 0) return losses;
  return before === after
    ? []
    : [['lock', 'tightens', before, after, 'new versions are locked longer, or more strictly']];
}

function retentionOf({ Mode: mode, Days: days, Years: years }: Settings) {
  return mode === undefined
    ? {}
    : { rule: [{ default_retention: [{ mode, days: days && Number(days), years: years && Number(years) }] }] };
}

function describeLock({ Mode, Days, Years }: Settings): string {
  return Mode === undefined
    ? 'on, without a retention'
    : `${Mode}, ${Days === undefined ? `${Years} years` : `${Days} days`}`;
}
