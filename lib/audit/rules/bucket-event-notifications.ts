import { doubt, notApplicable, pass } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';

const TYPE = 'aws_s3_bucket_notification';

export const bucketEventNotifications: Rule = {
  id: 'bucket-event-notifications',
  title: 'Event notifications go out where something listens',
  rationale:
    'The control asks for notifications so that somebody can act on them; nothing in a backup environment does.',
  reads: TYPE,
  remedy: 'Add notifications when something is there to take them.',
  controls: { fsbp: ['S3.11'], nist80053r5: ['CA-7', 'SI-3(8)', 'SI-4'] },
  equivalents: {
    checkov: ['CKV2_AWS_62'],
    prowler: ['s3_bucket_event_notifications_enabled'],
    beyond: 'any notification satisfies scanners, one to a topic of another account too',
  },
  check: ({ buckets }) =>
    buckets.map(({ resource, companions }) => {
      const { found, doubtful } = companions(TYPE);
      if (found[0] !== undefined) return pass(found[0].address, 'notifications are set up');
      if (doubtful[0] !== undefined)
        return doubt(resource.address, `nobody can tell which bucket ${doubtful[0].address} is about`);
      return notApplicable(resource.address, 'optional: nothing listens, so none are sent');
    }),
};
