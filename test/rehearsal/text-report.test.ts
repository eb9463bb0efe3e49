import type { Rehearsal } from '../../lib/rehearsal/rehearsal';
import { renderRehearsalText } from '../../lib/rehearsal/text-report';

const CHECK = { kind: 'positive', controls: [], expected: 'OK', observed: [], attempts: 1 } as const;

const REHEARSAL: Rehearsal = {
  version: 1,
  verdict: 'fail',
  simulated: true,
  environments: [
    {
      name: 'aes-256',
      verdict: 'fail',
      assumed: [],
      steps: [{ id: 'apply', title: 'Apply', result: 'fail', detail: 'exit code 1\nError: no', durationMs: 12_340 }],
    },
    {
      name: 'aws-kms',
      verdict: 'inconclusive',
      folder: '/tmp/kept',
      assumed: ['the key is as AWS makes it'],
      steps: [
        { id: 'synthesize', title: 'Synthesize', result: 'pass', durationMs: 449 },
        { id: 'verify', title: 'Verify', result: 'pass', durationMs: 2000 },
      ],
      verification: {
        version: 1,
        half: 'host',
        verdict: 'inconclusive',
        environment: 'aws-kms',
        account: '111122223333',
        bucket: 'b',
        simulated: true,
        runId: 'r',
        startedAt: '2026-01-01T00:00:00Z',
        durationMs: 10,
        counts: { total: 2, pass: 1, fail: 0, inconclusive: 1 },
        evidence: { stackSha256: 'a'.repeat(64) },
        checks: [
          { ...CHECK, id: 'identity', title: 'Runs as the role', result: 'pass', detail: 'yes', durationMs: 51 },
          {
            ...CHECK,
            id: 'region',
            title: 'Region',
            result: 'inconclusive',
            detail: 'SlowDown',
            lookAt: 'the load',
            durationMs: 5,
          },
        ],
        settledMs: 0,
        leftOut: [],
        notExercised: [],
        leftovers: [{ kind: 'object', key: 'p/x', reason: 'AccessDenied', command: 'aws s3api' }],
      },
    },
  ],
  leftOut: [{ name: 'object-lock', like: 'aes-256' }],
};

const plain = (text: string) => text;

test('tells steps, checks, reasons and the verdict, and that it was simulated', () => {
  expect(renderRehearsalText(REHEARSAL, { paint: plain, columns: 110 })).toBe(`Rehearsal against a simulated AWS account

aes-256
    fail          Apply    12.3 s
                  exit code 1
                  Error: no

aws-kms
    pass          Synthesize     0.4 s
    pass          Verify         2.0 s
  Verification as the role: 1 of 2 checks pass
    pass          Runs as the role     0.1 s
    inconclusive  Region               0.0 s
                  SlowDown
                  look at: the load
  Left behind: object p/x (AccessDenied)
  Assumed: the key is as AWS makes it
  Kept in /tmp/kept

Not rehearsed: object-lock, of the encryption method and kind of host of aes-256; --all takes it too
Verdict (simulated): fail  (aes-256 fail, aws-kms inconclusive)
`);
});

test('colours the results and nothing else', () => {
  const narrow = renderRehearsalText(REHEARSAL, { paint: plain, columns: 80 }).split('\n');
  expect(narrow.filter((line) => line.length > 80)).toEqual([]);
  const coloured = renderRehearsalText(REHEARSAL, { paint: (text, style) => `<${style}>${text}</>`, columns: 110 });
  expect(coloured).toContain('<red>fail        </>  Apply');
  expect(coloured.replaceAll(/<[a-z/]*>/g, '')).toBe(renderRehearsalText(REHEARSAL, { paint: plain, columns: 110 }));
});

test('fits a terminal of 80 columns, whatever is in it', () => {
  const long = 'Says more than a line of a terminal holds '.repeat(4).trim();
  const [failed, verified] = REHEARSAL.environments;
  if (failed?.steps[0] === undefined || verified?.verification === undefined)
    throw new Error('no step, no verification');
  const checks = verified.verification.checks.map((check) => ({ ...check, title: long, detail: long, lookAt: long }));
  const verification = { ...verified.verification, checks, doubts: [long], notAssessed: [long] };
  const environments = [
    { ...failed, steps: [{ ...failed.steps[0], title: long, detail: `${long}\n    drawn` }] },
    { ...verified, assumed: [long], verification },
    { ...failed, name: 'another-environment-of-forty-characters-x' },
  ];
  const text = renderRehearsalText({ ...REHEARSAL, environments }, { paint: plain, columns: 80 });
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(text).toContain(`${' '.repeat(18)}    drawn\n`);
});
