import type { Policy } from '../../../iam';
import { failed } from '../../check-kit/outcome';
import type { ConfigurationCheck } from '../comparison/configuration-check';
import { judgePolicy, whenRead } from '../comparison/judge';

export const bucketPolicy: ConfigurationCheck = {
  id: 'bucket-policy',
  title: 'The bucket policy refuses and allows what was audited',
  controls: ['S3.5', 'S3.6', 'NIST.800-53.r5 AC-4', 'NIST.800-53.r5 SC-8'],
  reads: ['GetBucketPolicy'],
  passes: 'The bucket policy lets the same things happen as the audited one.',
  lookAt: 'The bucket policy; Terraform puts it right: terraform plan shows the difference.',
  judge: ({ audited: { policies }, live, driftTo }) =>
    whenRead(live.bucket.policy, (document, seen) => {
      if (document === undefined) return failed(seen, 'The bucket has no policy: nothing refuses plain HTTP.');
      const livePolicy = {
        name: 'bucket policy',
        kind: 'resource',
        document,
        audited: policies.bucket.policy,
        inPlace: (policy: Policy) => ({ ...policies, bucket: { ...policies.bucket, policy } }),
      } as const;
      return judgePolicy(seen, livePolicy, driftTo);
    }),
};
