import type { Verification } from '../../lib/verify/result/verification';

/** A verification on the host with each result, a leftover, and everything that a report can show. */
export const VERIFICATION: Verification = {
  version: 1,
  half: 'host',
  verdict: 'fail',
  environment: 'acme',
  account: '111122223333',
  bucket: 'acme-backup',
  role: 'arn:aws:sts::111122223333:assumed-role/acme-vault/i-0123456789abcdef0',
  simulated: true,
  runId: 'run-00000001',
  startedAt: '2026-03-01T10:00:00.000Z',
  durationMs: 2345,
  counts: { total: 3, pass: 1, fail: 1, inconclusive: 1 },
  evidence: { stackSha256: 'a'.repeat(64) },
  checks: [
    {
      id: 'object-put',
      title: 'An object can be written',
      kind: 'positive',
      controls: [],
      result: 'pass',
      expected: 'PutObject succeeds.',
      observed: [{ call: 'PutObject', answer: 'OK', status: 200, requestId: 'R1' }],
      detail: 'The object was written.',
      attempts: 1,
      durationMs: 12,
    },
    {
      id: 'plain-http',
      title: 'Requests without TLS are refused',
      kind: 'negative',
      controls: [],
      result: 'fail',
      expected: 'AccessDenied to both requests over HTTP.',
      observed: [
        { call: 'GetObject over HTTP', answer: 'OK', status: 200, requestId: 'R2' },
        { call: 'PutObject over HTTP', answer: 'ECONNREFUSED' },
      ],
      detail: 'GetObject over HTTP was allowed.',
      lookAt: 'The statement of the bucket policy that denies s3:* where aws:SecureTransport is false.',
      attempts: 1,
      durationMs: 34,
    },
    {
      id: 'object-get',
      title: 'An object can be read back, byte for byte',
      kind: 'positive',
      controls: [],
      result: 'inconclusive',
      expected: 'GetObject returns the bytes that were put.',
      observed: [],
      detail: 'It was not tried.',
      lookAt: 'The role.',
      attempts: 3,
      durationMs: 0,
    },
  ],
  settledMs: 61_000,
  leftOut: ['administer-iam'],
  notExercised: ['s3:PutBucketVersioning'],
  leftovers: [
    {
      kind: 'version',
      key: 'vault-env-verification/x',
      versionId: 'v1',
      reason: 'AccessDenied: no.',
      command: 'aws s3api delete-object --bucket acme-backup --key vault-env-verification/x',
    },
  ],
};

/** The same with all that a run can tell: who answered, doubts, what was not asked, what stays locked, causes. */
export const FULL_VERIFICATION: Verification = {
  ...VERIFICATION,
  checks: VERIFICATION.checks.map((check) =>
    check.id === 'plain-http'
      ? {
          ...check,
          controls: ['S3.5', 'NIST.800-53.r5 SC-8'],
          diagnoses: [
            { id: 'allowed', cause: 'No statement refuses it.', fix: 'terraform apply', inVault: 'Nothing.' },
          ],
        }
      : check,
  ),
  evidence: { stackSha256: 'a'.repeat(64), configSha256: 'c'.repeat(64) },
  answeredBy: [
    { service: 'S3', url: 'https://s3.us-east-2.amazonaws.com', address: '192.0.2.7', issuer: 'Amazon', isAws: true },
    { service: 'STS', url: 'https://sts.example', isAws: false },
  ],
  acceptedOtherEndpoints: true,
  credentials: { source: 'the instance metadata service', expiration: '2026-03-01T16:00:00.000Z' },
  doubts: ['The config does not ask for wrong-key.'],
  warnings: ['The config carries no sum of its own.'],
  notAsked: ['wrong-key'],
  notAssessed: ['service control policies'],
  locked: { versions: 7, mode: 'GOVERNANCE', until: '2026-03-31T10:00:00.000Z' },
  leftovers: [
    ...VERIFICATION.leftovers,
    { kind: 'version', bucket: 'acme-payroll', key: 'x', versionId: 'v2', reason: 'It was written.' },
  ],
};
