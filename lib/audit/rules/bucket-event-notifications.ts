import { accountOf } from '../../arn';
import { doubtFor, failFor } from '../rule-kit/gathered';
import { doubt, notApplicable, pass } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';
import { blocksOf } from '../stack/argument';
import type { Arguments } from '../stack/arguments';
import type { Place } from '../stack/place';
import type { StackResource } from '../stack/stack-document';

const TYPE = 'aws_s3_bucket_notification';

export const bucketEventNotifications: Rule = {
  id: 'bucket-event-notifications',
  title: 'Event notifications stay in the account, and something receives them',
  rationale:
    'The control asks for notifications so that somebody can act on them; nothing in a backup environment does.',
  reads: `${TYPE}: eventbridge, and every ARN that it sends to`,
  remedy: 'Send notifications only within the account, and only where something receives them.',
  controls: { fsbp: ['S3.11'], nist80053r5: ['CA-7', 'SI-3(8)', 'SI-4'] },
  equivalents: {
    checkov: ['CKV2_AWS_62'],
    prowler: ['s3_bucket_event_notifications_enabled'],
    beyond: 'any notification satisfies scanners, one to a topic of another account too',
  },
  check: ({ buckets, place }) =>
    buckets.flatMap(({ resource, companions }) => {
      const { found, doubtful } = companions(TYPE);
      const outcomes = [
        // Each replaces the others, so any of them may be the one that counts.
        ...found.map((one) => judge(one, place)),
        ...(doubtful[0] === undefined
          ? []
          : [doubt(resource.address, `nobody can tell which bucket ${doubtful[0].address} is about`)]),
      ];
      return outcomes.length > 0
        ? outcomes
        : [notApplicable(resource.address, 'optional: nothing listens, so none are sent')];
    }),
};

/** Service of each kind of target. */
const TARGETS = { lambda_function: 'lambda', queue: 'sqs', topic: 'sns' } as const;

type Kind = keyof typeof TARGETS;

/** A notification names the key of every backup, and whoever gets it learns what there is and when. */
function judge({ address, arguments: given }: StackResource, place: Partial<Place>): Outcome {
  const { account } = place;
  const targets = (Object.keys(TARGETS) as Kind[]).flatMap((kind) => targetsOf(given, kind));
  const evidence = targets.map(({ at, arn }) => ({ at: `${address}: ${at}`, value: arn ?? '(not known)' }));
  const foreign = targets.filter(({ arn }) => arn !== undefined && accountOf(arn) !== account);
  if (account !== undefined && foreign.length > 0) {
    const sent = foreign.map(({ at, arn }) => `${at} is ${arn}`);
    const detail = `what is written to the bucket is told to another account: ${sent.join('; ')}`;
    return failFor(address, sent, { detail, evidence });
  }
  const away = targets.filter(({ arn }) => arn !== undefined && isAway(arn, place));
  if (away.length > 0) {
    const facts = away.map(({ at, arn }) => `S3 tells only what is in its own region, and ${at} is ${arn}`);
    return failFor(address, facts, { evidence });
  }
  const open = targets.filter(({ arn }) => arn === undefined || account === undefined);
  if (open.length > 0)
    return doubtFor(address, [`nobody can tell whom ${open.map(({ at }) => at).join(', ')} tells`], { evidence });
  if (targets.length === 0 && !isOn(given.eventbridge)) return notApplicable(address, 'it sends nothing');
  return pass(address, 'notifications are set up, within the account', evidence);
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html */
function isAway(arn: string, place: Partial<Place>): boolean {
  const [, partition, , region] = arn.split(':');
  return [
    [partition, place.partition],
    [region, place.region],
  ].some(([is, own]) => own !== undefined && is !== own);
}

function targetsOf(given: Arguments, kind: Kind): readonly { readonly at: string; readonly arn: string | undefined }[] {
  const blocks = blocksOf(given[kind]);
  if (blocks.state === 'absent') return [];
  if (blocks.state === 'unknown') return [{ at: kind, arn: undefined }];
  return blocks.value.map((block) => {
    const arn = block[`${kind}_arn`];
    return { at: kind, arn: typeof arn === 'string' && ARN.exec(arn)?.[1] === TARGETS[kind] ? arn : undefined };
  });
}

const ARN = /^arn:[^:$]+:([^:$]+):[^:$]*:\d{12}:[^$]+$/;

function isOn(value: unknown): boolean {
  return value === true || value === 'true';
}
