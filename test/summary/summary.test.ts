import { SUMMARY_RENDERERS } from '../../lib/summary/render';
import { type Outcome, type SummaryMember, summarize } from '../../lib/summary/summary';

const TOOL = { name: 'vault-backup-environment', version: '0.1.0', commit: '0123456789abcdef' };
const member = (name: string, outcome: Outcome): SummaryMember => ({ name, outcome, durationMs: 1500 });
const BROKEN: SummaryMember = {
  ...member('<b>|`', 'error'),
  error: { code: 'BadEnvironment', message: "must be | a 'name'\nsecond line" },
};
const SUMMARY = summarize('prove', [member('acme', 'pass'), member('zenith', 'fail'), BROKEN], TOOL);

test.each<{ outcomes: readonly Outcome[]; verdict: Outcome }>([
  { outcomes: [], verdict: 'pass' },
  { outcomes: ['pass', 'pass'], verdict: 'pass' },
  { outcomes: ['pass', 'fail'], verdict: 'fail' },
  { outcomes: ['fail', 'error', 'pass'], verdict: 'error' },
])('$outcomes come to $verdict', ({ outcomes, verdict }) => {
  const { verdict: found, counts } = summarize(
    'prove',
    outcomes.map((one) => member('x', one)),
    TOOL,
  );
  expect({ found, total: counts.total }).toEqual({ found: verdict, total: outcomes.length });
});

test('text has a line for each, and says why nothing could be found out', () => {
  expect(SUMMARY_RENDERERS.text(SUMMARY)).toBe(`pass   acme    1.5 s
fail   zenith  1.5 s
error  <b>|\`   1.5 s
       BadEnvironment: must be | a 'name'
       second line

1 of 3 pass, 1 fail, 1 could not be judged
`);
});

test('Markdown is a table, whatever a name holds', () => {
  expect(SUMMARY_RENDERERS.markdown(SUMMARY).split('\n').slice(0, 6)).toEqual([
    '## prove: 1 of 3 pass, 1 fail, 1 could not be judged',
    '',
    '| name | outcome | why |',
    '| --- | --- | --- |',
    '| `acme` | pass |  |',
    '| `zenith` | fail |  |',
  ]);
  expect(SUMMARY_RENDERERS.markdown(SUMMARY)).not.toContain('<b>|');
});

test('JUnit has a case for each, or for each that a document says', () => {
  expect(SUMMARY_RENDERERS.junit(SUMMARY)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="vault-env prove">
  <testsuite name="prove" tests="3" failures="1" errors="1" skipped="0">
    <testcase classname="prove" name="acme" time="1.500"></testcase>
    <testcase classname="prove" name="zenith" time="1.500"><failure message="fail">fail</failure></testcase>
    <testcase classname="prove" name="&lt;b&gt;|\`" time="1.500"><error message="BadEnvironment: must be | a &#39;name&#39;">BadEnvironment: must be | a &#39;name&#39; second line</error></testcase>
  </testsuite>
</testsuites>
`);
  const told = summarize('prove', [{ ...member('acme', 'fail'), document: ['first', 'second'] }], TOOL);
  const casesOf = (document: unknown) => (document as string[]).map((name) => ({ name, outcome: 'pass' as const }));
  expect(SUMMARY_RENDERERS.junit(told, casesOf)).toContain('<testsuite name="acme" tests="2" failures="0"');
});
