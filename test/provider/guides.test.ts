import { type Checkout, createCheckout, runShell } from '../e2e/checkout';
import { describeWithProvider } from '../e2e/describe-with-provider';
import { shellLinesOf } from './guide-commands';
import { HALF_AN_HOUR_MS } from './provider-run';

const GUIDES = ['operators', 'pipelines', 'auditors', 'simulated-account', 'changes'].map((name) => `docs/${name}.md`);
/** Commands that the tests and CI run elsewhere. */
const RUN_ELSEWHERE = /^npm (ci|test|run (-s )?rehearse)\b/;

/** Commands for the Vault host, not for the machine with the stack. */
const ON_HOST = /vault-env -- verify (?!.*--as operator)|vault-env-verify\.cjs/;

describeWithProvider('the guides', () => {
  let checkout: Checkout;

  beforeAll(async () => {
    checkout = await createCheckout();
  });

  afterAll(() => checkout.remove());

  test(
    'are right: every command works as it is written, one guide after the other',
    async () => {
      // A person types "yes".
      const administrator = { ...checkout.administrator, TF_CLI_ARGS_apply: '-auto-approve' };
      for (const command of GUIDES.flatMap(shellLinesOf).filter((line) => !RUN_ELSEWHERE.test(line))) {
        const isOnHost = ON_HOST.test(command);
        if (isOnHost) checkout.host.attachInstanceProfile('vault-backup-aes-256');
        const env = isOnHost ? checkout.onHost : administrator;
        // A person waits a minute for changes to settle; here they are in force at once.
        const settled = isOnHost && !command.includes(' doctor ') ? `${command} --settle 0` : command;
        // Where the guide is followed, AWS answers; here the simulated account does.
        const quick = / -- verify (?!-h)|vault-env-verify\.cjs (?!doctor)/.test(settled)
          ? `${settled} --accept-other-endpoints`
          : settled;
        const result = await runShell(quick, { cwd: checkout.folder, env });
        if (result.exitCode !== 0) throw new Error([command, result.stdout, result.stderr].join('\n'));
      }
    },
    HALF_AN_HOUR_MS,
  );
});
