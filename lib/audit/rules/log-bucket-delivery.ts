import type { Policy } from '../../iam';
import type { AskBucket, Circumstances } from '../rule-kit/bucket-questions';
import { judgeBuckets, OVER_TLS } from '../rule-kit/bucket-questions';
import { type Asking, auditedAccount, everybody, LOG_DELIVERY, service } from '../rule-kit/callers';
import { grantedCircumstances } from '../rule-kit/granted-circumstances';
import type { Rule } from '../rule-kit/rule';
import type { AccountBaseOutput } from '../stack/account-base-output';
import type { Subject } from '../subject/subject';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html */
export const logBucketDelivery: Rule = {
  id: 'log-bucket-delivery',
  title: 'S3 delivers the access logs of the buckets that are named, and nobody else writes any',
  rationale: 'A log that never arrives, or that somebody else may write, shows nothing after an incident.',
  reads:
    'aws_s3_bucket_policy: policy, by evaluation for log delivery and for everybody else; output.account_base: sources',
  remedy: 'Synthesize the account base again with --account-base; its policy follows from the environment files.',
  controls: { nist80053r5: ['AU-9', 'AC-3', 'AC-6'] },
  check: (subject) => {
    const { accountBase } = subject;
    if (accountBase === undefined) return [];
    return judgeBuckets(subject, 'log delivery alone writes, for the buckets that are named', (ask, { policy }) => [
      ...accountBase.sources.filter((source) => !delivers(ask, sentBy(source, subject))).map(notDelivered),
      ...OTHERS.filter(({ sent }) => delivers(ask, sent(accountBase, subject))).map(({ words }) => words),
      ...writers(ask, subject, policy.state === 'known' ? policy.value : undefined),
    ]);
  },
};

function delivers(ask: AskBucket, circumstances: Circumstances): boolean {
  return writes(ask, service(LOG_DELIVERY), { ...OVER_TLS, ...circumstances });
}

function writes(ask: AskBucket, caller: Asking, circumstances: Circumstances): boolean {
  return ask({ caller, action: 's3:PutObject', on: 'object', circumstances }).result === 'allowed';
}

function notDelivered(source: string): string {
  return `the logs of ${source} are not let in`;
}

function sentBy(source: string, subject: Pick<Subject, 'place'>, account = auditedAccount(subject)): Circumstances {
  return {
    'aws:SourceArn': `arn:${subject.place.partition ?? 'aws'}:s3:::${source}`,
    'aws:SourceAccount': account,
  };
}

/** Whose logs must not be let in. */
const OTHERS: readonly {
  readonly words: string;
  readonly sent: (base: AccountBaseOutput, subject: Subject) => Circumstances;
}[] = [
  {
    words: 'logs of a bucket of that name in another account are let in (aws:SourceAccount)',
    sent: ({ sources: [source = ''] }, subject) => sentBy(source, subject, '000000000000'),
  },
  {
    words: 'logs of any other bucket are let in (aws:SourceArn)',
    sent: (_, subject) => sentBy('a-bucket-that-nobody-named', subject),
  },
  { words: 'the policy does not say of which bucket it lets logs in', sent: () => ({}) },
];

/** Callers, but log delivery, that the policy does not keep from writing. */
function writers(ask: AskBucket, subject: Subject, policy: Policy | undefined): readonly string[] {
  const granted = policy === undefined ? [] : grantedCircumstances(policy);
  const circumstances = [OVER_TLS, ...granted.map((some) => ({ ...some, ...OVER_TLS }))];
  const services = policy?.statements.flatMap(({ principals }) => principals?.byType.Service ?? []) ?? [];
  const others = [...new Set(['cloudtrail.amazonaws.com', ...services])].filter((name) => name !== LOG_DELIVERY);
  return [...everybody(subject), ...others.map(service)]
    .filter((caller) => circumstances.some((some) => writes(ask, caller, some)))
    .map(({ title }) => `${title} may write logs`);
}
