import { loadEnvironments } from '../../lib/config/load';
import { runShell } from '../e2e/checkout';
import { describeWithProvider } from '../e2e/describe-with-provider';
import { expectRehearsed, REHEARSED_FIRST, REHEARSED_LATER } from '../e2e/rehearsed-examples';
import { ROOT } from '../e2e/run-vault-env';
import { EXAMPLES } from '../support/examples';
import { HALF_AN_HOUR_MS } from './provider-run';

test('every example is rehearsed, here or in `npm test`', () => {
  const names = loadEnvironments({ folder: EXAMPLES }).map(({ name }) => name);
  expect([...REHEARSED_FIRST, ...REHEARSED_LATER].sort()).toEqual(names.sort());
});

describeWithProvider('npm run rehearse', () => {
  test(
    `deploys, emits and verifies ${REHEARSED_LATER.join(', ')}`,
    async () => {
      const command = `npm run -s rehearse -- ${REHEARSED_LATER.join(' ')} --format json`;
      const { exitCode, stdout } = await runShell(command, { cwd: ROOT, env: process.env });
      expectRehearsed(stdout, REHEARSED_LATER);
      expect(exitCode).toBe(0);
    },
    HALF_AN_HOUR_MS,
  );
});
