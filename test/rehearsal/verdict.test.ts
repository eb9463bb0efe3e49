import { worstOf } from '../../lib/rehearsal/rehearse-environment';

test.each([
  { verdicts: ['pass', 'pass'], whole: 'pass' },
  { verdicts: ['pass', 'fail', 'inconclusive'], whole: 'fail' },
  { verdicts: ['pass', 'inconclusive'], whole: 'inconclusive' },
  { verdicts: [], whole: 'inconclusive' },
] as const)('a rehearsal of $verdicts is $whole as a whole', ({ verdicts, whole }) => {
  expect(worstOf(verdicts)).toBe(whole);
});
