import { isKeptByLock } from '../../lib/verify/check-kit/object-lock';
import { RENDERERS } from '../../lib/verify/report';
import { renderTextReport } from '../../lib/verify/report/text-report';
import { type Progress, renderProgressLine } from '../../lib/verify/run/progress';
import { VERIFICATION } from './example-verification';

const REPORT = `environment  acme
bucket       acme-backup
account      111122223333 (simulated, not AWS)
ran as       arn:aws:sts::111122223333:assumed-role/acme-vault/i-0123456789abcdef0
started      2026-03-01T10:00:00.000Z
half         host: what the role can do; the configuration is the operator’s
             half

pass     object-put  An object can be written
FAIL     plain-http  Requests without TLS are refused
UNCLEAR  object-get  An object can be read back, byte for byte

FAIL plain-http: Requests without TLS are refused
  expected  AccessDenied to both requests over HTTP.
  observed  GetObject over HTTP: OK (HTTP 200, request R2)
            PutObject over HTTP: ECONNREFUSED
  means     GetObject over HTTP was allowed.
  look at   The statement of the bucket policy that denies s3:* where
            aws:SecureTransport is false.

UNCLEAR object-get: An object can be read back, byte for byte
  expected  GetObject returns the bytes that were put.
  means     It was not tried. (tried 3 times)
  look at   The role.

Left in the bucket. Below each is how an operator removes it:
  version       vault-env-verification/x (v1): AccessDenied: no.
    aws s3api delete-object --bucket acme-backup --key vault-env-verification/x

granted, not tried  s3:PutBucketVersioning

left out on request  administer-iam

What must be refused was last tried when this run had seen no change for 61 s.

FAIL: 1 of 3 checks passed, 1 failed, 1 unclear, in 2.3 s
`;

describe('the text report', () => {
  test('shows every result, and explains those that did not pass', () => {
    expect(renderTextReport(VERIFICATION, { columns: 80, useColour: false })).toBe(REPORT);
  });

  test.each([50, 60, 120])('fits into %i columns, except for an ARN that is longer and for commands', (columns) => {
    const lines = renderTextReport(VERIFICATION, { columns, useColour: false }).split('\n');
    expect(lines.filter((line) => line.length > columns && !/arn:|aws s3api/.test(line))).toEqual([]);
  });

  test('cannot be steered by what a config or an answer holds', () => {
    const hostile = { ...VERIFICATION, environment: 'x\u001b]0;pwn\u0007\u001b[2J', bucket: 'abc\u202egnp' };
    const [environment, bucket] = renderTextReport(hostile, { columns: 80, useColour: false }).split('\n');
    expect([environment, bucket]).toEqual(['environment  x\ufffd]0;pwn\ufffd\ufffd[2J', 'bucket       abc\ufffdgnp']);
  });

  test('says the same with colour', () => {
    const coloured = renderTextReport(VERIFICATION, { columns: 80, useColour: true });
    expect(coloured).toContain('\u001b[31mFAIL');
    expect(coloured.replaceAll(new RegExp(`${'\u001b'}\\[\\d+m`, 'g'), '')).toBe(REPORT);
  });

  test('is short when everything passes', () => {
    const checks = VERIFICATION.checks.slice(0, 1);
    const counts = { total: 1, pass: 1, fail: 0, inconclusive: 0 };
    const good = {
      ...VERIFICATION,
      verdict: 'pass',
      checks,
      counts,
      leftOut: [],
      notExercised: [],
      leftovers: [],
      settledMs: 1_500,
    } as const;
    expect(renderTextReport(good, { columns: 80, useColour: false }).split('\n').slice(8)).toEqual([
      'pass     object-put  An object can be written',
      '',
      'What must be refused was last tried when this run had seen no change for 1 s: a',
      'policy that was changed shortly before may not have been in force.',
      '',
      'PASS: 1 of 1 checks passed, 0 failed, 0 unclear, in 2.3 s',
      '',
    ]);
  });
});

describe('a version that Object Lock keeps', () => {
  const until = '2026-03-02T10:00:00.000Z';
  const whole = (versions: string) =>
    `${versions} until 2026-03-02 10:00 UTC, locked by Object Lock (GOVERNANCE); vault-env verify --clean removes them after that.`;

  test.each([
    { versions: 1, line: whole('1 version of the probes stays') },
    { versions: 8, line: whole('8 versions of the probes stay') },
  ])('gets one line in every format for a person: $versions', ({ versions, line }) => {
    const verification = { ...VERIFICATION, locked: { versions, mode: 'GOVERNANCE', until } } as const;
    for (const format of ['text', 'markdown', 'junit'] as const) {
      const report = RENDERERS[format](verification, { columns: 200, useColour: false });
      expect(report.replaceAll(/\\(.)/g, '$1')).toContain(line);
    }
  });

  test.each([
    { code: 'AccessDenied', message: 'Access Denied', isKept: true },
    { code: 'AccessDenied', message: 'Access Denied because object protected by object lock.', isKept: true },
    {
      code: 'AccessDenied',
      message:
        'User: x is not authorized to perform: s3:DeleteObjectVersion on resource: "y" because no identity-based policy allows the s3:DeleteObjectVersion action',
      isKept: false,
    },
    { code: 'SlowDown', message: 'Please reduce your request rate.', isKept: false },
    { code: 'InternalError', message: 'We encountered an internal error.', isKept: false },
  ])('is told apart from other refusals by the answer of S3: $code $message', ({ isKept, ...refusal }) => {
    expect(isKeptByLock(refusal)).toBe(isKept);
  });
});

describe('the progress line', () => {
  const progress: Progress = {
    phase: 'negative',
    done: 12,
    total: 23,
    counts: { pass: 10, fail: 1, inconclusive: 1 },
    running: ['plain-http', 'object-acl'],
  };

  test.each([
    { columns: 80, line: '[12/23, 1 failed, 1 unclear] what must be refused: plain-http, object-acl' },
    { columns: 65, line: '[12/23, 1 failed, 1 unclear] what must be refused: plain-http +1' },
    { columns: 30, line: '[12/23, 1 failed, 1 unclear] …' },
  ])('tells how far the run is in $columns columns', ({ columns, line }) => {
    expect(renderProgressLine(progress, columns)).toBe(line);
  });

  test('tells how long a phase still takes, in whole seconds', () => {
    const settling: Progress = { ...progress, phase: 'settling', running: [], remainingMs: 1001 };
    const counts = { pass: 12, fail: 0, inconclusive: 0 };
    expect(renderProgressLine({ ...settling, counts }, 80)).toBe(
      '[12/23] waiting for changes to settle, then once more (2 s)',
    );
  });

  test.each([
    { phase: 'positive', columns: 25, line: '[12/23] what must work: a' },
    { phase: 'positive', columns: 24, line: '[12/23] what must work' },
    { phase: 'cleanup', columns: 24, line: '[12/23] removing probes' },
    { phase: 'cleanup', columns: 23, line: '[12/23] removing probes' },
    { phase: 'cleanup', columns: 22, line: '[12/23] removing prob…' },
    { phase: 'cleanup', columns: 1, line: '…' },
  ] as const)('fits the phase $phase into $columns columns', ({ phase, columns, line }) => {
    const counts = { pass: 12, fail: 0, inconclusive: 0 };
    const running = phase === 'positive' ? ['a'] : [];
    expect(renderProgressLine({ ...progress, phase, running, counts }, columns)).toBe(line);
  });
});
