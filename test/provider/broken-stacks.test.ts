import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rehearsal } from '../../lib/rehearsal/rehearsal';
import { describeWithProvider } from '../e2e/describe-with-provider';
import { ALTERATIONS } from './alterations';
import { HALF_AN_HOUR_MS } from './provider-run';
import { outcomeOf, rehearseBroken } from './rehearse-broken';

describeWithProvider('a rehearsal', () => {
  let folder: string;
  let broken: Rehearsal;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'broken-stacks-'));
    broken = await rehearseBroken(ALTERATIONS, folder);
  }, HALF_AN_HOUR_MS);

  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(ALTERATIONS)('fails when $defect', (alteration) => {
    expect(outcomeOf(broken, alteration)).toEqual({
      verdict: 'fail',
      failedAt: 'verify',
      notPassed: alteration.notPassed,
    });
  });

  test('is a failure as a whole when one environment fails', () => {
    expect(broken.verdict).toBe('fail');
  });
});
