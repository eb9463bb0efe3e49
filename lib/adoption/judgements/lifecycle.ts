import { actsOf } from '../../audit/losses/lifecycle-acts';
import { LIFECYCLE_LOSSES } from '../../audit/losses/lifecycle-losses';
import type { Arguments } from '../../audit/stack/arguments';
import type { AdoptionItem } from '../adoption';
import type { FoundVersion } from '../found/found';
import { item, type Judge, readValue, type Sides, whenRead } from './judgement';

const ADDRESS = 'aws_s3_bucket_lifecycle_configuration.backup';
const DAY_MS = 86_400_000;

/** Acts of the file's rules that today's lack, and the other way round. */
export const judgeLifecycle: Judge = (sides) =>
  whenRead(`${ADDRESS}/read`, sides.found.lifecycleArguments, (given) => {
    const [was, is] = [given as Arguments, sides.wanted.lifecycle];
    const losses = LIFECYCLE_LOSSES.flatMap(({ what, find }) =>
      find(was, is, {}).map((one): AdoptionItem => {
        const days = daysKept(was);
        const isKept = what === 'noncurrent-versions' && days !== sides.wanted.environment.noncurrentVersionDays;
        const forecast = what === 'noncurrent-versions' ? `; ${removals(sides)}` : '';
        return item(`${ADDRESS}/${what}`, {
          // An upload that nobody completed is no data.
          verdict: what === 'unfinished-uploads' ? 'tightens' : 'loses',
          was: one.was,
          is: one.is,
          detail: `${one.detail}${forecast}`,
          ...(isKept && { keep: { noncurrentVersionDays: days } }),
        });
      }),
    );
    const ended = LIFECYCLE_LOSSES.flatMap(({ what, find }) =>
      find(is, was, {}).map((one) =>
        item(`${ADDRESS}/${what}-ended`, {
          verdict: what === 'current-objects-moved' || what === 'noncurrent-versions-moved' ? 'loosens' : 'tightens',
          was: one.is,
          is: one.was,
          detail: ENDED[what] ?? 'a rule of today ends',
        }),
      ),
    );
    if (losses.length + ended.length > 0) return [...losses, ...ended];
    return [item(`${ADDRESS}/rules`, { verdict: 'same', detail: 'its rules do what those of the file do' })];
  });

/** Detail for an act that no rule does any more. */
const ENDED: Readonly<Record<string, string>> = {
  'noncurrent-versions': 'versions are kept longer',
  'current-objects': 'current objects do not expire any more',
  'current-objects-moved':
    'objects stay in their storage class from now on, which costs more; those that were moved stay where they are',
  'noncurrent-versions-moved': 'versions stay in their storage class from now on, which costs more',
  'unfinished-uploads': 'uploads that nobody completes are kept longer',
};

/** Nothing in the file keeps versions for ever, and this is the most. */
const A_HUNDRED_YEARS_DAYS = 36_500;

/** The days for which today's rules keep a version of any object: a rule that is about some leaves the others for good. */
function daysKept(was: Arguments): number {
  const acts = actsOf(was, { block: 'noncurrent_version_expiration', days: 'noncurrent_days' });
  const days = (acts === 'unknown' ? [] : acts)
    .filter(({ filter: { prefix, others } }) => prefix === '' && others === '')
    .map(({ days: given = 0 }) => given)
    .filter((given) => given > 0);
  return Math.min(...days, A_HUNDRED_YEARS_DAYS);
}

/** How many of the versions that were listed go, and when. */
function removals({ found, wanted: { environment }, now }: Sides): string {
  const seen = readValue(found.versions);
  if (seen === undefined) return 'the versions could not be listed';
  const { noncurrentVersionDays } = environment;
  const dates = seen.listed
    .filter((version): version is FoundVersion & { noncurrentSince: Date } => version.noncurrentSince !== undefined)
    .map(({ noncurrentSince }) => noncurrentSince.getTime() + noncurrentVersionDays * DAY_MS);
  const atOnce = dates.filter((date) => date <= now.getTime()).length;
  const next = Math.min(...dates.filter((date) => date > now.getTime()));
  const more = seen.isCutOff ? ' of the first that were listed' : '';
  const later = dates.length - atOnce;
  return [
    `of ${dates.length} noncurrent versions${more}, ${atOnce} within a day`,
    ...(later > 0 ? [`the next on ${new Date(next).toISOString().slice(0, 10)}`] : []),
  ].join(', ');
}
