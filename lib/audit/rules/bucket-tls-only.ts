import { actionsWhere, judgeBuckets } from '../rule-kit/bucket-questions';
import { everybody } from '../rule-kit/callers';
import { despiteDenials } from '../rule-kit/deciding-statements';
import { factAbout } from '../rule-kit/gathered';
import type { Rule } from '../rule-kit/rule';
import { sparedCallers, TRANSPORT_KEYS } from '../rule-kit/spared-callers';

const PLAIN_HTTP = { 'aws:SecureTransport': 'false' };

export const bucketTlsOnly: Rule = {
  id: 'bucket-tls-only',
  title: 'Every bucket refuses plain HTTP, on itself and on its objects',
  rationale: 'Anyone listening on the network must not be able to read the backups, or to list them.',
  reads: 'aws_s3_bucket_policy: policy, by evaluation of every S3 action over plain HTTP',
  remedy: 'Deny s3:* to everybody on the bucket ARN and on the ARN with /* where aws:SecureTransport is false.',
  controls: {
    fsbp: ['S3.5'],
    cisV3: ['2.1.1'],
    cisV5: ['2.1.1'],
    nist80053r5: ['AC-4', 'AC-17(2)', 'IA-5(1)', 'SC-7(4)', 'SC-8', 'SC-8(1)', 'SC-13', 'SC-23', 'SI-7(6)'],
    pciDss401: ['4.2.1'],
  },
  equivalents: {
    prowler: ['s3_bucket_secure_transport_policy'],
    beyond: 'scanners look for the statement; the rule evaluates every S3 action, on the bucket and on its objects',
  },
  check: (subject) => {
    const all = everybody(subject);
    return judgeBuckets(subject, 'every S3 action over plain HTTP is denied to everybody', (ask, bucket) => {
      const callers = [...all, ...sparedCallers(subject, bucket, TRANSPORT_KEYS)];
      return (['bucket', 'object'] as const).flatMap((on) => {
        const open = actionsWhere(subject, bucket, on, (action) =>
          callers.some(
            (caller) => ask({ caller, action, on, circumstances: PLAIN_HTTP }).result !== 'explicitly-denied',
          ),
        );
        return open.length === 0
          ? []
          : despiteDenials(bucket, 'aws:SecureTransport', [
              factAbout(open, (actions) => `plain HTTP is not denied on the ${on} for ${actions}`),
            ]);
      });
    });
  },
};
