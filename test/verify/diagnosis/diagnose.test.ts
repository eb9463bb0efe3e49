import { FORBIDDEN } from '../../../lib/backup-environment/schema';
import { wordsOnHost } from '../../../lib/backup-environment/told-host';
import { hostKind } from '../../../lib/hosts';
import { readDenial } from '../../../lib/verify/diagnosis/denial-message';
import { diagnose, diagnoseChecks, PATTERNS } from '../../../lib/verify/diagnosis/diagnose';
import { serviceOf } from '../../../lib/verify/diagnosis/service-of-call';
import type { Evidence } from '../../../lib/verify/result/diagnosis';
import type { CheckResult } from '../../../lib/verify/result/verification';
import { AWS_KMS } from '../configs';

const FACTS = {
  account: AWS_KMS.aws.account,
  region: AWS_KMS.aws.region,
  roleArn: AWS_KMS.aws.roleArn,
  host: wordsOnHost(AWS_KMS),
  keyArn: AWS_KMS.aws.keyArn,
  formerKeyArns: ['arn:aws:kms:us-east-2:111122223333:key/00000000-1111-2222-3333-444444444444'],
  bucket: AWS_KMS.form.bucketName,
};

const SESSION = 'arn:aws:sts::111122223333:assumed-role/acme-vault/i-0123456789abcdef0';
const denied = (action: string, why: string, resource = '"arn:aws:s3:::acme-backup/key"') =>
  `User: ${SESSION} is not authorized to perform: ${action} on resource: ${resource} ${why}`;
const OTHER_KEY = 'arn:aws:kms:us-east-2:111122223333:key/99999999-8888-7777-6666-555555555555';
const FORMER_KEY = 'arn:aws:kms:us-east-2:111122223333:key/00000000-1111-2222-3333-444444444444';
const POLICY = 'arn:aws:organizations::444455556666:policy/o-example/service_control_policy/p-limits';

interface Row {
  readonly id: string;
  readonly code: string;
  readonly message?: string;
  readonly call?: string;
  readonly status?: number;
  readonly requestId?: string | undefined;
  readonly half?: 'host';
  /** Part of the cause. */
  readonly cause: string;
  /** Part of the fix. */
  readonly fix: string;
}

/** Answers as they come; those of AWS bring a status and a request id, and what goes wrong on the way brings neither. */
const ROWS: readonly Row[] = [
  {
    id: 'service-control-policy',
    code: 'AccessDenied',
    message: denied('s3:PutObject', `with an explicit deny in a service control policy: ${POLICY}`),
    cause: `A statement denies s3:PutObject in a service control policy of the organization, which neither this account nor the audit sees (${POLICY}).`,
    fix: 'Ask who administers the organization to let account 111122223333 do s3:PutObject',
  },
  {
    id: 'service-control-policy',
    code: 'AccessDenied',
    message: denied('s3:PutObject', 'because no service control policy allows the s3:PutObject action'),
    cause: 'Nothing allows s3:PutObject in a service control policy',
    fix: 'no policy of the account can',
  },
  {
    id: 'resource-control-policy',
    code: 'AccessDenied',
    message: denied('s3:GetObject', 'with an explicit deny in a resource control policy'),
    cause: 'A statement denies s3:GetObject in a resource control policy of the organization',
    fix: 'on the resources of account 111122223333',
  },
  {
    id: 'permissions-boundary',
    code: 'AccessDenied',
    message: denied('s3:PutObject', 'because no permissions boundary allows the s3:PutObject action'),
    cause: 'Nothing allows s3:PutObject in the permissions boundary of the role.',
    fix: "'permissionsBoundary' in the environment file",
  },
  {
    id: 'session-policy',
    code: 'AccessDenied',
    message: denied('s3:PutObject', 'because no session policy allows the s3:PutObject action'),
    cause: 'they are weaker than the role',
    fix: 'Use the credentials of the instance profile itself',
  },
  {
    id: 'vpc-endpoint-policy',
    code: 'AccessDenied',
    message: denied('s3:PutObject', 'because no VPC endpoint policy allows the s3:PutObject action'),
    cause: 'the policy of the VPC endpoint that the request came through',
    fix: "In VPC > Endpoints let the endpoint's policy allow s3:PutObject on acme-backup",
  },
  {
    id: 'vpc-endpoint-policy',
    code: 'AccessDenied',
    message: `User: ${SESSION} is not authorized to perform: kms:Decrypt because no VPC endpoint policy allows the kms:Decrypt action`,
    cause: 'the policy of the VPC endpoint that the request came through',
    fix: `let the endpoint's policy allow kms:Decrypt on ${FACTS.keyArn}`,
  },
  {
    id: 'trust-policy',
    call: 'AssumeRole',
    code: 'AccessDenied',
    message: denied('sts:AssumeRole', 'because no role trust policy allows the sts:AssumeRole action'),
    cause: 'the trust policy of the role',
    fix: 'must name who assumes it',
  },
  {
    id: 'key-policy',
    code: 'AccessDenied',
    message: denied('kms:GenerateDataKey', 'because no resource-based policy allows the kms:GenerateDataKey action'),
    cause: 'Nothing allows kms:GenerateDataKey in the key policy.',
    fix: 'or bucket keys of the bucket were switched: vault-env verify --as operator tells which',
  },
  {
    id: 'identity-policy',
    code: 'AccessDenied',
    message: denied(
      'kms:GenerateDataKey',
      'because no identity-based policy allows the kms:GenerateDataKey action',
      FACTS.keyArn,
    ),
    cause: 'Nothing allows kms:GenerateDataKey in the policies of the role.',
    fix: 'an encryption context that bucket keys decide',
  },
  {
    id: 'key-policy',
    code: 'AccessDenied',
    message: denied('kms:Decrypt', 'because no resource-based policy allows the kms:Decrypt action', FORMER_KEY),
    cause: 'Nothing allows kms:Decrypt in the key policy.',
    fix: `The audited policy of ${FORMER_KEY} admits`,
  },
  {
    id: 'other-key-denied',
    code: 'AccessDenied',
    message: denied(
      'kms:GenerateDataKey',
      'because no identity-based policy allows the kms:GenerateDataKey action',
      OTHER_KEY,
    ),
    cause: `S3 was refused kms:GenerateDataKey on ${OTHER_KEY} in the caller's name. The key of the environment is ${FACTS.keyArn}`,
    fix: 'compares it. Give nobody rights to the other key for this.',
  },
  {
    id: 'bucket-policy',
    code: 'AccessDenied',
    message: denied('s3:PutObject', 'with an explicit deny in a resource-based policy', '"arn:aws:s3:::another/key"'),
    cause: 'A statement denies s3:PutObject in the bucket policy.',
    fix: 'the statement of the policy of another about s3:PutObject',
  },
  {
    id: 'bucket-policy',
    code: 'AccessDenied',
    message: denied('s3:PutObject', 'with an explicit deny in a resource-based policy'),
    cause: 'A statement denies s3:PutObject in the bucket policy.',
    fix: 'the statement of the policy of acme-backup about s3:PutObject',
  },
  {
    id: 'identity-policy',
    code: 'AccessDenied',
    message: denied('s3:PutObject', 'because no identity-based policy allows the s3:PutObject action'),
    cause: 'Nothing allows s3:PutObject in the policies of the role.',
    fix: `Attach the audited policies to ${FACTS.roleArn} again`,
  },
  {
    id: 'identity-policy',
    call: 'GetRole',
    code: 'AccessDenied',
    message:
      'User: arn:aws:iam::111122223333:user/eve is not authorized to perform: iam:GetRole because no identity-based policy allows the iam:GetRole action',
    cause: 'Nothing allows iam:GetRole in the policies of arn:aws:iam::111122223333:user/eve.',
    fix: 'Let the policies of arn:aws:iam::111122223333:user/eve allow iam:GetRole',
  },
  {
    id: 'another-caller',
    half: 'host',
    code: 'AccessDenied',
    message: denied('s3:PutObject', 'with an explicit deny in a permissions boundary').replace(
      '/acme-vault/',
      '/other/',
    ),
    cause: 'assumed-role/other/i-0123456789abcdef0, whose credentials this host has in the place of those of',
    fix: 'Attach the instance profile that gives the role',
  },
  {
    id: 'key-use-denied',
    code: 'AccessDenied',
    message: `User: ${SESSION} is not authorized to perform: kms:Decrypt on this resource`,
    cause: `S3 was refused kms:Decrypt on ${FACTS.keyArn}`,
    fix: 'CloudTrail has the request under the id R1.',
  },
  {
    id: 'another-owner',
    code: 'AccessDenied',
    message: 'Access Denied',
    cause:
      "each request names 111122223333 as the owner of acme-backup, so that the bucket is probably another account's",
    fix: 'aws s3api list-buckets',
  },
  {
    id: 'denied-without-reason',
    code: 'AccessDenied',
    call: 'GetCallerIdentity',
    message: 'Access Denied',
    cause: 'AWS refused without saying which policy did',
    fix: 'CloudTrail has the request under the id R1.',
  },
  {
    id: 'denied-without-reason',
    call: 'HeadObject',
    code: 'Http403',
    message: 'UnknownError',
    cause: 'AWS refused without saying which policy did',
    fix: 'vault-env verify --as operator',
  },
  {
    id: 'region-mismatch',
    code: 'AuthorizationHeaderMalformed',
    status: 400,
    message: "The authorization header is malformed; the region 'us-east-2' is wrong; expecting 'eu-west-1'",
    cause: 'The bucket acme-backup is in eu-west-1, not in us-east-2',
    fix: "Set 'region' of the environment to eu-west-1",
  },
  {
    id: 'region-mismatch',
    code: 'PermanentRedirect',
    status: 301,
    message: 'The bucket you are attempting to access must be addressed using the specified endpoint.',
    cause: 'The bucket acme-backup is not in us-east-2',
    fix: "Set 'region' of the environment to the bucket's region",
  },
  {
    id: 'region-mismatch',
    code: 'PermanentRedirect',
    status: 301,
    message: 'The bucket must be addressed elsewhere. (bucket: acme-backup) (x-amz-bucket-region: eu-west-1)',
    cause: 'The bucket acme-backup is in eu-west-1, not in us-east-2',
    fix: "Set 'region' of the environment to eu-west-1",
  },
  {
    id: 'region-mismatch',
    code: 'PermanentRedirect',
    status: 301,
    message: 'The bucket must be addressed elsewhere. (bucket: another) (x-amz-bucket-region: eu-west-1)',
    cause: 'The bucket another is in eu-west-1, not in us-east-2',
    fix: "this one is not the environment's",
  },
  {
    id: 'kept-by-object-lock',
    code: 'AccessDenied',
    message: 'Access Denied because object protected by object lock.',
    cause: 'Object Lock keeps each new version in acme-backup',
    fix: 'Name it as objectLock in the environment file',
  },
  {
    id: 'no-such-bucket',
    code: 'NoSuchBucket',
    status: 404,
    message: 'The specified bucket does not exist (bucket: another)',
    cause: 'There is no bucket named another.',
    fix: '--other-bucket',
  },
  {
    id: 'account-suspended',
    code: 'AllAccessDisabled',
    message: 'All access to this object has been disabled',
    cause: 'AWS keeps account 111122223333 from S3, whatever its policies say: All access to this object',
    fix: 'AWS Support needs the request id R1',
  },
  {
    id: 'account-suspended',
    code: 'AccountProblem',
    message: 'There is a problem with your AWS account',
    cause: 'There is a problem with your AWS account',
    fix: 'the AWS Billing console',
  },
  {
    id: 'requester-pays',
    code: 'AccessDenied',
    message: 'Access Denied: the bucket is Requester Pays and x-amz-request-payer was not sent',
    cause: 'has to say that they pay (Requester Pays), which Vault does not',
    fix: '--request-payment-configuration Payer=BucketOwner',
  },
  {
    id: 'upload-stalled',
    code: 'RequestTimeout',
    status: 400,
    message: 'Your socket connection to the server was not read from or written to within the timeout period.',
    cause: 'S3 answered, but the body of the request did not reach it in time',
    fix: 'MTU',
  },
  {
    id: 'not-aws-s3',
    code: 'NotImplemented',
    status: 501,
    message: 'A header you provided implies functionality that is not implemented.',
    cause: 'an appliance or gateway, not the S3 of AWS',
    fix: 'AWS_ENDPOINT_URL_S3',
  },
  {
    id: 'wrong-endpoint',
    call: 'ListKeys in us-east-1',
    code: 'InvalidSignatureException',
    status: 400,
    message: 'Credential should be scoped to a valid region.',
    cause: 'signed for one region and came to the endpoint of another',
    fix: '--without',
  },
  {
    id: 'no-such-bucket',
    code: 'NoSuchBucket',
    status: 404,
    cause: 'There is no bucket named acme-backup.',
    fix: "Vault's Bucket Name",
  },
  {
    id: 'key-disabled',
    code: 'KMS.DisabledException',
    status: 400,
    cause: `The key ${FACTS.keyArn} is disabled, and with it the reading of every backup and all writing.`,
    fix: `aws kms enable-key --key-id ${FACTS.keyArn}`,
  },
  {
    id: 'key-disabled',
    code: 'KMS.DisabledException',
    status: 400,
    message: `${FORMER_KEY} is disabled.`,
    cause: `The key ${FORMER_KEY} is disabled, and with it the reading of each earlier backup under it.`,
    fix: `aws kms enable-key --key-id ${FORMER_KEY}`,
  },
  {
    id: 'key-pending-deletion',
    code: 'KMS.KMSInvalidStateException',
    status: 400,
    message: `${FORMER_KEY} is pending deletion.`,
    cause: 'its deletion is scheduled, and with it that of each earlier backup under it.',
    fix: `aws kms cancel-key-deletion --key-id ${FORMER_KEY}`,
  },
  {
    id: 'key-pending-deletion',
    code: 'KMS.KMSInvalidStateException',
    status: 400,
    cause: 'most often its deletion is scheduled',
    fix: `aws kms cancel-key-deletion --key-id ${FACTS.keyArn}`,
  },
  {
    id: 'no-such-key',
    code: 'KMS.NotFoundException',
    status: 400,
    cause: 'KMS does not know the key',
    fix: "Vault's Master Key",
  },
  {
    id: 'other-key',
    code: 'KMS.NotFoundException',
    status: 400,
    message: `Key '${OTHER_KEY}' does not exist`,
    cause: `S3 was to use ${OTHER_KEY}, and KMS does not know it. The key of the environment is ${FACTS.keyArn}`,
    fix: 'Put the default encryption of acme-backup back',
  },
  {
    id: 'other-key',
    code: 'KMS.NotFoundException',
    status: 400,
    message: 'Invalid arn eu-west-1',
    cause: 'S3 was to use a key of eu-west-1.',
    fix: 'aws s3api get-bucket-encryption --bucket acme-backup',
  },
  {
    id: 'other-key',
    code: 'KMS.NotFoundException',
    status: 400,
    message: 'Alias arn:aws:kms:us-east-2:444455556666:alias/theirs is not found.',
    cause: 'S3 was to use arn:aws:kms:us-east-2:444455556666:alias/theirs, and KMS does not know it.',
    fix: 'Put the default encryption of acme-backup back',
  },
  {
    id: 'no-such-key',
    code: 'KMS.NotFoundException',
    status: 400,
    message: `Key '${FORMER_KEY}' does not exist`,
    cause: `KMS does not know the key ${FORMER_KEY}`,
    fix: "Vault's Master Key",
  },
  {
    id: 'clock-skew',
    call: 'GetCallerIdentity',
    code: 'SignatureDoesNotMatch',
    message: 'Signature expired: 20260301T095500Z is now earlier than 20260301T100000Z',
    cause: 'The clock of this host',
    fix: 'vault-env doctor',
  },
  {
    id: 'clock-skew',
    code: 'AccessDenied',
    message: 'Request has expired',
    call: 'GetObject by a presigned URL over HTTPS',
    cause: 'or one for verification',
    fix: 'let chrony follow 169.254.169.123',
  },
  { id: 'clock-skew', code: 'RequestTimeTooSkewed', cause: 'The clock of this host', fix: '169.254.169.123' },
  {
    id: 'clock-skew',
    call: 'GetCallerIdentity',
    code: 'InvalidSignatureException',
    message: 'Signature expired: 20260301T095500Z is now earlier than 20260301T100000Z',
    cause: 'The clock of this host',
    fix: 'vault-env doctor',
  },
  { id: 'credentials-expired', code: 'ExpiredToken', status: 400, cause: 'have expired', fix: 'instance profile' },
  { id: 'credentials-unknown', code: 'InvalidAccessKeyId', cause: 'does not know', fix: 'vault-env doctor' },
  {
    id: 'signature-wrong',
    code: 'SignatureDoesNotMatch',
    cause: 'a proxy rewrites requests',
    fix: 'without opening TLS',
  },
  { id: 'throttled', code: 'SlowDown', status: 503, cause: 'asked to slow down', fix: 'Run it again' },
  { id: 'aws-fault', code: 'InternalError', status: 500, cause: 'HTTP 500', fix: 'the request id R1' },
  {
    id: 'proxy-refuses',
    call: 'GenerateDataKey',
    code: 'Http403',
    requestId: undefined,
    cause:
      'A proxy answered in the place of AWS (HTTP 403): no request id came back. It does not let the endpoint of KMS in us-east-2 through.',
    fix: 'Let the proxy of HTTPS_PROXY pass the endpoints of S3, KMS and STS',
  },
  {
    id: 'proxy-credentials',
    code: 'Http407',
    status: 407,
    requestId: undefined,
    cause: 'HTTP 407',
    fix: 'http://user:password@proxy.example:3128 (Basic; NTLM',
  },
  {
    id: 'middlebox',
    code: 'NoRequestId',
    status: 200,
    requestId: undefined,
    message: 'HTTP 200 without a request id of AWS, as if it were done',
    cause: 'Something between this host and the endpoint of S3 in us-east-2 answered in its place (HTTP 200)',
    fix: 'Sign this host in to its network',
  },
];

const ON_THE_WAY: readonly Row[] = [
  {
    id: 'name-not-found',
    call: 'GetCallerIdentity',
    code: 'ENOTFOUND',
    message: 'getaddrinfo ENOTFOUND sts.us-east-2.amazonaws.com',
    cause: 'The name of the endpoint of STS in us-east-2 could not be resolved.',
    fix: 'private DNS must be on',
  },
  {
    id: 'name-not-found',
    code: 'ENOTFOUND',
    message: 'getaddrinfo ENOTFOUND proxy.corp.example',
    cause: 'The name proxy.corp.example could not be resolved, which is not one of AWS: that of a proxy',
    fix: 'Correct HTTPS_PROXY',
  },
  {
    id: 'proxy-refuses',
    code: 'Error',
    message: 'Proxy connection ended before receiving CONNECT response',
    cause: 'A proxy answered in the place of AWS',
    fix: 'NO_PROXY',
  },
  {
    id: 'connection-broken',
    code: 'ECONNRESET',
    message: 'read ECONNRESET of s3-proxy.corp.example, a proxy',
    cause: 'was cut while it was in use',
    fix: 'inspects traffic',
  },
  {
    id: 'not-listening',
    code: 'ECONNREFUSED',
    cause: 'Nothing takes connections to the endpoint of S3',
    fix: 'port 443',
  },
  {
    id: 'not-tls',
    code: 'EPROTO',
    message: 'write EPROTO 80:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../ssl3_record.c:350:',
    cause:
      'What answers for the endpoint of S3 in us-east-2 speaks no TLS: a proxy that HTTPS_PROXY names with https://',
    fix: 'Write HTTPS_PROXY with http://',
  },
  {
    id: 'certificate-untrusted',
    code: 'SELF_SIGNED_CERT_IN_CHAIN',
    cause: 'a proxy that opens TLS',
    fix: 'NODE_EXTRA_CA_CERTS or AWS_CA_BUNDLE',
  },
  {
    id: 'certificate-wrong',
    code: 'CERT_HAS_EXPIRED',
    message: 'certificate has expired',
    cause: 'certificate has expired',
    fix: 'the clock of this host',
  },
  {
    id: 'no-answer',
    call: 'Decrypt',
    code: 'TimeoutError',
    cause: 'No answer came from the endpoint of KMS',
    fix: 'port 443',
  },
  { id: 'connection-broken', code: 'ECONNRESET', cause: 'was cut while it was in use', fix: 'inspects traffic' },
  { id: 'no-credentials', code: 'CredentialsProviderError', cause: 'no credentials', fix: 'hop limit must be 2' },
  {
    id: 'no-credentials',
    code: 'CredentialsProviderError',
    message: 'No credentials came within 60 s, and the wait for them was given up',
    cause: 'whoever gives them does not answer',
    fix: 'Run the command of credential_process',
  },
  { id: 'stopped', code: 'AbortError', cause: 'The run was stopped', fix: 'Run it again' },
];

const evidenceOf = (row: Row): Evidence => {
  const { call = 'PutObject', code, message = code } = row;
  if (ON_THE_WAY.includes(row)) return { call, code, message, status: undefined, requestId: undefined };
  const requestId = 'requestId' in row ? row.requestId : 'R1';
  return { call, code, message, status: row.status ?? 403, requestId };
};

describe('the cause of a failure', () => {
  test.each(
    [...ROWS, ...ON_THE_WAY].map((row): Row & { evidence: Evidence } => ({ ...row, evidence: evidenceOf(row) })),
  )('$code is $id: $cause', ({ evidence, id, cause, fix, half }) => {
    const diagnosis = diagnose(evidence, { ...FACTS, ...(half && { half }) });
    expect(diagnosis?.id).toBe(id);
    expect(diagnosis?.cause).toContain(cause);
    expect(diagnosis?.fix).toContain(fix);
  });

  test('has a row here for each pattern', () => {
    const ids = new Set([...ROWS, ...ON_THE_WAY].map(({ id }) => id));
    expect([...new Set(PATTERNS.map(({ id }) => id))].filter((id) => !ids.has(id))).toEqual([]);
  });

  test('is left open rather than guessed', () => {
    const evidence = { call: 'PutObject', code: 'EntityTooLarge', message: '', status: 400, requestId: 'R1' };
    expect(diagnose(evidence, FACTS)).toBeUndefined();
  });

  test('names what Vault shows when it cannot write', () => {
    const inVaultOf = (call: string) =>
      diagnose({ call, code: 'NoSuchBucket', message: '', status: 404, requestId: 'R1' }, FACTS)?.inVault;
    expect(['PutObject', 'UploadPart', 'PutObject with SSE-C', 'GetObject', 'PutObjectAcl'].map(inVaultOf)).toEqual([
      'Failed to write backup to storage',
      'Failed to write backup to storage',
      'Failed to write backup to storage',
      undefined,
      undefined,
    ]);
  });
});

test('a role that exists already gets its policies from whoever attaches them, also in another account', () => {
  const message = denied('s3:PutObject', 'because no identity-based policy allows the s3:PutObject action');
  const evidence = { call: 'PutObject', code: 'AccessDenied', message, status: 403, requestId: 'R1' };
  expect(diagnose(evidence, { ...FACTS, host: hostKind('existing-role').words })?.fix).toBe(
    `Have the policies that the settings sheet names attached to ${FACTS.roleArn} again, or for a role of another account those of host/role-policies.md, in their newest version: one of them allows s3:PutObject.`,
  );
});

describe('a refusal', () => {
  test.each([
    ['in an identity-based policy', 'identity-based policy'],
    ['in the role trust policy', 'role trust policy'],
    ['in a VPC endpoint policy', 'vpc endpoint policy'],
  ])('with an explicit deny %s is read as such', (where, policyType) => {
    const message = denied('s3:PutObject', `with an explicit deny ${where}`);
    expect(readDenial({ message })).toEqual({
      caller: SESSION,
      action: 's3:PutObject',
      resource: 'arn:aws:s3:::acme-backup/key',
      policyType,
      isExplicit: true,
      policyArn: undefined,
    });
  });
});

const silent = { status: undefined, requestId: undefined };

/** Further answers with the same cause. */
const ALIKE: readonly { readonly id: string | undefined; readonly answers: readonly Partial<Evidence>[] }[] = [
  {
    id: 'clock-skew',
    answers: [
      { code: 'RequestExpired' },
      { code: 'SignatureDoesNotMatch', message: 'signature not yet current: 20260301T1000Z' },
    ],
  },
  {
    id: 'credentials-expired',
    answers: [{ code: 'ExpiredTokenException' }, { code: 'TokenRefreshRequired' }],
  },
  {
    id: 'credentials-unknown',
    answers: ['InvalidClientTokenId', 'UnrecognizedClientException', 'InvalidToken'].map((code) => ({ code })),
  },
  { id: 'signature-wrong', answers: [{ code: 'InvalidSignatureException' }] },
  {
    id: 'key-disabled',
    answers: [{ code: 'DisabledException' }],
  },
  {
    id: 'key-pending-deletion',
    answers: [{ code: 'KMSInvalidStateException' }, { code: 'KMS.InvalidStateException' }],
  },
  {
    id: 'certificate-untrusted',
    answers: [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ].map((code) => ({ ...silent, code })),
  },
  {
    id: 'certificate-wrong',
    answers: ['CERT_NOT_YET_VALID', 'ERR_TLS_CERT_ALTNAME_INVALID'].map((code) => ({ ...silent, code })),
  },
  { id: 'no-answer', answers: ['ETIMEDOUT', 'ERR_SOCKET_CONNECTION_TIMEOUT'].map((code) => ({ ...silent, code })) },
  {
    id: 'connection-broken',
    answers: ['EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_SSL_UNEXPECTED_EOF_WHILE_READING'].map(
      (code) => ({ ...silent, code }),
    ),
  },
  { id: 'name-not-found', answers: ['EAI_AGAIN', 'EAI_FAIL'].map((code) => ({ ...silent, code })) },
  { id: 'not-listening', answers: ['EHOSTUNREACH', 'ENETUNREACH'].map((code) => ({ ...silent, code })) },
  {
    id: 'proxy-refuses',
    answers: [
      { ...silent, code: 'PROXY_REFUSED' },
      { ...silent, code: 'Error', message: 'Invalid header from proxy CONNECT response, got socket' },
    ],
  },
  {
    id: 'region-mismatch',
    answers: ['TemporaryRedirect', 'Http301', 'IllegalLocationConstraintException'].map((code) => ({ code })),
  },
  { id: 'account-suspended', answers: ['NotSignedUp', 'OptInRequired', 'InvalidPayer'].map((code) => ({ code })) },
  {
    id: 'requester-pays',
    answers: [{ message: 'The bucket is a Requester Pays bucket.' }, { message: 'x-amz-request-payer is missing' }],
  },
  {
    id: 'not-aws-s3',
    answers: [
      { code: 'NotImplemented', status: 400 },
      { code: 'Http501', status: 501 },
    ],
  },
  { id: 'aws-fault', answers: [{ code: 'Http503', status: 503 }] },
  {
    id: 'key-use-denied',
    answers: [
      { message: `User: ${SESSION} is not authorized to perform: kms:Decrypt on this resource` },
      { message: 'The ciphertext refers to a customer master key that does not exist.' },
    ],
  },
  {
    id: 'denied-without-reason',
    answers: [{ code: 'AccessDeniedException' }, { code: 'UnauthorizedOperation' }],
  },
  { id: undefined, answers: [{ ...silent, code: 'RequestTimeout' }] },
  // Words about policies, keys and URLs are those of a refusal only where the code is one.
  {
    id: undefined,
    answers: [
      { code: 'Odd', message: denied('s3:PutObject', 'with an explicit deny in a resource-based policy') },
      { code: 'Odd', message: denied('kms:Decrypt', 'because of it', OTHER_KEY) },
      { code: 'Odd', message: 'About KMS.' },
      { code: 'Odd', message: 'Access Denied' },
      { code: 'Odd', message: 'Request has expired' },
      { code: 'Odd', message: 'Credential should be scoped to a valid region.' },
    ],
  },
];

test.each(ALIKE)('$id is the cause of $answers', ({ id, answers }) => {
  const evidence = { call: 'GetObject', code: 'AccessDenied', message: 'No.', status: 403, requestId: 'R1' };
  const found = answers.map((answer) => ({ ...answer, id: diagnose({ ...evidence, ...answer }, FACTS)?.id }));
  expect(found.filter((one) => one.id !== id)).toEqual([]);
});

test.each([
  ...[
    ...['Decrypt', 'Encrypt', 'GenerateDataKey', 'ReEncrypt', 'DescribeKey', 'ListKeys with a page of no keys'],
    ...['GetKeyPolicy', 'PutKeyPolicy', 'CreateGrant'],
  ].map((call) => ({ call, service: 'KMS' })),
  { call: 'CreateSession of IAM Roles Anywhere', service: 'IAM Roles Anywhere' },
  { call: 'GetCallerIdentity', service: 'STS' },
  { call: 'AssumeRole', service: 'STS' },
  ...['GetRole', 'PutRolePolicy', 'GetInstanceProfile', 'GetPolicyVersion', 'ListEntitiesForPolicy'].map((call) => ({
    call,
    service: 'IAM',
  })),
  ...['PutObject', 'ListBuckets', 'HeadObject of the object that GenerateDataKey made'].map((call) => ({
    call,
    service: 'S3',
  })),
])('$call is for $service', ({ call, service }) => {
  expect(serviceOf({ call })).toBe(service);
});

const DONE = { call: 'GetObject', answer: 'OK', status: 200 };

/** What was let through, where it is an action of one name. */
const ALLOWED: Readonly<Record<string, string>> = {
  'object-acl': 's3:PutObjectAcl',
  tagging: 's3:PutObjectTagging or s3:PutBucketTagging',
  'create-grant': 'kms:CreateGrant',
  'other-region': 's3:ListAllMyBuckets or kms:ListKeys',
  'read-version': 's3:GetObjectVersion',
  'version-delete': 's3:DeleteObjectVersion',
  'read-bucket-policy': 's3:GetBucketPolicy',
  'change-bucket-policy': 's3:PutBucketPolicy',
  'change-lifecycle': 's3:PutLifecycleConfiguration',
  'change-encryption': 's3:PutEncryptionConfiguration',
  'change-versioning': 's3:PutBucketVersioning',
  'change-public-access-block': 's3:PutBucketPublicAccessBlock',
  'change-object-lock': 's3:PutBucketObjectLockConfiguration',
  'change-replication': 's3:PutReplicationConfiguration',
  'change-retention': 's3:PutObjectRetention',
};

/** Where it is not the policies of the role or of the bucket that can let something through. */
const WHOSE: Readonly<Record<string, RegExp>> = {
  'plain-http': /statement DenyPlainHttp is gone/,
  'presigned-plain-http': /statement DenyPlainHttp is gone/,
  'wrong-encryption-header': /statement DenyWrongEncryption is gone/,
  'wrong-key': /statement DenyWrongKey is gone/,
  'key-left-out': /statement DenyKeyLeftOut is gone/,
  'customer-provided-key': /statement DenyCustomerProvidedKeys is gone/,
  'direct-key-use': /a policy of the role, .* together with the policy of arn:aws:kms:.*, or by a grant/,
  'create-grant': /a policy of the role, .* together with the policy of arn:aws:kms:.*, or by a grant/,
  'other-bucket': /a policy of the role, .*, or by the policy of the other bucket/,
  'cross-bucket-copy': /a policy of the role, .*, or by the policy of the other bucket/,
  'other-region': /by a policy of the role, attached or inline\.$/,
  'role-chaining': /^The trust policy of arn:aws:iam::/,
  'administer-iam': /by a policy of the role, attached or inline\.$/,
  'administer-kms': /a policy of the role, .*, or by the policy of arn:aws:kms:/,
};

const CHECK: CheckResult = {
  id: 'check',
  title: 'A check',
  kind: 'positive',
  controls: [],
  result: 'fail',
  expected: 'OK',
  observed: [],
  detail: '',
  attempts: 1,
  durationMs: 1,
};

describe('a check', () => {
  const diagnosesOf = (check: Partial<CheckResult>, half: 'host' | 'operator' = 'host') =>
    diagnoseChecks([{ ...CHECK, ...check }], AWS_KMS, half)[0]?.diagnoses;
  const idsOf = (check: Partial<CheckResult>) => diagnosesOf(check)?.map(({ id }) => id);
  const denial = { call: 'PutObject', answer: 'AccessDenied', status: 403, requestId: 'R1', message: 'Access Denied' };

  test('that passes has no causes', () => expect(idsOf({ result: 'pass', observed: [denial] })).toBeUndefined());

  test('has each of its causes once', () =>
    expect(idsOf({ observed: [denial, denial, { ...denial, answer: 'SlowDown' }] })).toEqual([
      'another-owner',
      'throttled',
    ]));

  test('that had to be refused is not diagnosed with its refusals', () =>
    expect(idsOf({ id: 'other-bucket', kind: 'negative', observed: [DONE, denial] })).toEqual(['allowed']));

  test.each(FORBIDDEN)('that lets %s through names whose policy does', (id) => {
    const [allowed] = diagnosesOf({ id, kind: 'negative', observed: [DONE] }) ?? [];
    expect(allowed).toEqual({
      id: 'allowed',
      cause: expect.any(String),
      fix: expect.stringContaining('terraform apply'),
    });
    expect(allowed?.cause.startsWith(ALLOWED[id] ? `${ALLOWED[id]} is allowed, ` : '')).toBe(true);
    expect(allowed?.cause).toMatch(WHOSE[id] ?? /a policy of the role, .*the policy of acme-backup/);
  });

  test.each([
    ['role-identity', 'arn:aws:sts::1:assumed-role/other/i-1', 'are those of arn:aws:sts::1:assumed-role/other/i-1'],
    ['bucket-region', 'eu-west-1', 'is in eu-west-1, not in us-east-2'],
    ['versioning-state', 'Suspended', 'Somebody suspended versioning of acme-backup'],
    ['versioning-state', 'never enabled', 'Versioning of acme-backup was never switched on'],
    ['object-encryption', 'AES256', 'stored with AES256: its default encryption was changed'],
    ['backup-encryption', OTHER_KEY, `are under ${OTHER_KEY}, which is no key of the environment`],
    ['version-kept', 'OK', 'has no default retention any more'],
    ['object-get', 'OK', 'something on the way changes or caches answers'],
  ])('that found %s to be %s tells why', (id, answer, cause) => {
    expect(diagnosesOf({ id, observed: [{ call: 'Call', answer, status: 200, requestId: 'R1' }] })).toEqual([
      {
        id: id === 'object-get' ? 'not-as-written' : id,
        cause: expect.stringContaining(cause),
        fix: expect.any(String),
      },
    ]);
  });

  test.each(['negative', 'positive'] as const)('that is %s and in doubt has no cause of a failure', (kind) =>
    expect(idsOf({ id: 'other-bucket', kind, result: 'inconclusive', observed: [DONE] })).toBeUndefined(),
  );

  const ofAnother = {
    ...denial,
    message: denied('s3:PutObject', 'because no identity-based policy allows the s3:PutObject action').replace(
      'assumed-role/acme-vault',
      'assumed-role/another',
    ),
  };

  test('of a host with the credentials of somebody else asks for no wider policy', () =>
    expect(diagnosesOf({ observed: [ofAnother] })).toEqual([
      expect.objectContaining({
        id: 'another-caller',
        cause: expect.stringMatching(
          /^s3:PutObject was refused to arn:aws:sts::111122223333:assumed-role\/another\/.* in the place of those of arn:aws:iam::111122223333:role/,
        ),
        fix: expect.stringMatching(/^Attach the instance profile that gives the role arn:aws:iam::/),
      }),
    ]));

  test('of an operator who lacks a permission says whose policies lack it', () =>
    expect(
      diagnosesOf({ kind: 'configuration', result: 'inconclusive', observed: [ofAnother] }, 'operator')?.[0],
    ).toMatchObject({
      id: 'identity-policy',
      fix: expect.stringMatching(/^Let the policies of arn:aws:sts::.*another.* allow s3:PutObject/),
    }));

  test('of a policy that drifted says that it was changed', () =>
    expect(idsOf({ kind: 'configuration', drift: [] })).toEqual(['changed-since-audit']));

  test('of the live configuration that fails says which command puts it back, and which keeps it', () => {
    const [changed, ...others] = diagnosesOf({ id: 'bucket-tags', kind: 'configuration' }, 'operator') ?? [];
    expect(others).toEqual([]);
    expect(changed?.fix).toMatch(/^To put it back: .*terraform apply.* To keep it: vault-env adopt acme .*--write/);
  });

  test.each([
    { attached: false, id: 'role-attachments', cause: 'changed-by-owner', fix: /^Have its owner put it right/ },
    { attached: false, id: 'role-inline-policies', cause: 'changed-by-owner', fix: /^Have its owner put it right/ },
    { attached: false, id: 'role-boundary', cause: 'changed-by-owner', fix: /^Have its owner put it right/ },
    { attached: false, id: 'role-policies', cause: 'changed-since-audit', fix: /terraform apply/ },
    { attached: true, id: 'role-attachments', cause: 'changed-since-audit', fix: /terraform apply/ },
  ])(
    'of a role that exists already, $id, is for its owner to put right only where the stack does not (attached: $attached)',
    ({ attached, id, cause, fix }) => {
      const host = { kind: 'existing-role' as const, policyArns: [], attached, runBy: 'own' as const };
      const check = { ...CHECK, id, kind: 'configuration' } as const;
      expect(diagnoseChecks([check], { ...AWS_KMS, host }, 'operator')[0]?.diagnoses).toEqual([
        { id: cause, cause: expect.any(String), fix: expect.stringMatching(fix) },
      ]);
    },
  );
});
