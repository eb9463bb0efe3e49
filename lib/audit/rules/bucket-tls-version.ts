import { judgeBuckets, OVER_TLS } from '../rule-kit/bucket-questions';
import { everybody, LOG_DELIVERY, service } from '../rule-kit/callers';
import { despiteDenials } from '../rule-kit/deciding-statements';
import type { Rule } from '../rule-kit/rule';
import { sparedCallers, TRANSPORT_KEYS } from '../rule-kit/spared-callers';

const OLD = ['1.0', '1.1'] as const;
const OVER = {
  '1.0': { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.0' },
  '1.1': { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.1' },
  '1.2': { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.2' },
  '1.3': OVER_TLS,
} as const;
const ACTIONS = [
  ['s3:ListBucket', 'bucket'],
  ['s3:GetObject', 'object'],
  ['s3:PutObject', 'object'],
] as const;

export const bucketTlsVersion: Rule = {
  id: 'bucket-tls-version',
  title: 'Every bucket refuses TLS older than 1.2, and takes 1.2',
  rationale: 'Older versions of TLS are broken; refusing 1.2 would stop clients that Vault still needs.',
  reads: 'aws_s3_bucket_policy: policy, by evaluation',
  remedy: 'Deny s3:* on both ARNs where s3:TlsVersion is NumericLessThan 1.2.',
  controls: { nist80053r5: ['SC-8', 'SC-8(1)', 'SC-13'], pciDss401: ['4.2.1'] },
  check: (subject) => {
    const all = everybody(subject);
    const takers = (action: string, takesLogs: boolean) =>
      takesLogs && action === 's3:PutObject' ? [service(LOG_DELIVERY)] : all;
    return judgeBuckets(subject, 'TLS 1.0 and 1.1 are denied, 1.2 is not', (ask, bucket) => {
      const callers = [...all, ...sparedCallers(subject, bucket, TRANSPORT_KEYS)];
      const facts = ACTIONS.flatMap(([action, on]) => {
        const isDenied = (version: keyof typeof OVER) => (caller: (typeof callers)[number]) =>
          ask({ caller, action, on, circumstances: OVER[version] }).result === 'explicitly-denied';
        const taken = OLD.filter((version) => !callers.every(isDenied(version)));
        return [
          ...taken.map((version) => `${action} over TLS ${version} is not denied`),
          ...(takers(action, bucket.takesLogs).some((one) => isDenied('1.2')(one) && !isDenied('1.3')(one))
            ? [`${action} over TLS 1.2 is denied`]
            : []),
        ];
      });
      return despiteDenials(bucket, 's3:TlsVersion', facts);
    });
  },
};
