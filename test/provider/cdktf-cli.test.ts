import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPENTOFU_VERSIONS_TEXT, VERSIONS_FILES, VERSIONS_TEXT } from '../../lib/versions-files';
import { type Checkout, createCheckout, runShell } from '../e2e/checkout';
import { describeWithProvider, wholeProvider } from '../e2e/describe-with-provider';
import { HALF_AN_HOUR_MS } from './provider-run';

const CDKTF = 'npx --yes cdktf-cli@0.21.0';

describeWithProvider('the CDKTF command line', () => {
  let checkout: Checkout;

  beforeEach(async () => {
    checkout = await createCheckout();
  });

  afterEach(() => checkout.remove());

  /** Runs a line of shell as somebody with administrator credentials, in the checkout. */
  const run = (command: string) =>
    runShell(command, { cwd: checkout.folder, env: { ...checkout.administrator, ...wholeProvider() } });

  test(
    'synthesizes, lists and deploys an environment, whose outputs file emit reads, also beside a broken one',
    async () => {
      expect(await run(`${CDKTF} synth`)).toMatchObject({ exitCode: 0 });
      const versions = ['tf', 'tofu'].map((ending) =>
        readFileSync(join(checkout.folder, `cdktf.out/stacks/aes-256/versions.${ending}`), 'utf8'),
      );
      expect(versions).toEqual([VERSIONS_TEXT, OPENTOFU_VERSIONS_TEXT]);
      expect((await run(`${CDKTF} list`)).stdout).toMatch(/aes-256 +cdktf\.out.*\n.*aws-kms +cdktf\.out/);
      const override = join(checkout.folder, 'cdktf.out/stacks/aws-kms/backend_override.tf.json');
      writeFileSync(override, '{}');
      const one = await run(`VAULT_ENV_ONLY=aes-256 ${CDKTF} synth`);
      expect({ failed: one.exitCode !== 0, isThere: existsSync(override) }).toEqual({ failed: true, isThere: true });
      expect(one.stdout + one.stderr).toContain('FilesWouldBeLost');
      rmSync(override);
      const deploy = await run(`${CDKTF} deploy aes-256 --auto-approve --outputs-file outputs.json`);
      expect({ exitCode: deploy.exitCode, output: deploy.exitCode === 0 ? '' : deploy.stdout }).toEqual({
        exitCode: 0,
        output: '',
      });
      const emit = await run('node scripts/vault-env.cjs emit aes-256 --from outputs.json');
      expect(emit).toMatchObject({ exitCode: 0 });
      const config = JSON.parse(readFileSync(join(checkout.folder, 'backup-environment.json'), 'utf8'));
      expect(config.form.bucketName).toBe('example-vault-backup-aes-256');
      const stack = join(checkout.folder, 'cdktf.out/stacks/aes-256/cdk.tf.json');
      rmSync(stack);
      writeFileSync(join(checkout.folder, 'environments/broken.yaml'), 'regoin: us-east-2\n');
      const partial = await run(`VAULT_ENV_ENVIRONMENTS_DIR=$PWD/environments ${CDKTF} synth`);
      expect({ failed: partial.exitCode !== 0, isThere: existsSync(stack) }).toEqual({ failed: true, isThere: true });
      expect(partial.stdout + partial.stderr).toContain("did you mean 'region'?");
    },
    HALF_AN_HOUR_MS,
  );

  test(
    'is refused by a Terraform that is too old for the stack, in diff and deploy',
    async () => {
      expect(await run(`VAULT_ENV_ONLY=aes-256 ${CDKTF} synth`)).toMatchObject({ exitCode: 0 });
      for (const name of VERSIONS_FILES.keys()) {
        const versions = join(checkout.folder, 'cdktf.out/stacks/aes-256', name);
        writeFileSync(versions, readFileSync(versions, 'utf8').replace(/\d+\.\d+\.\d+/, '99.0.0'));
      }
      for (const command of ['diff aes-256', 'deploy aes-256 --auto-approve']) {
        const { exitCode, stdout, stderr } = await run(`${CDKTF} ${command} --skip-synth`);
        expect({ command, failed: exitCode !== 0, said: stdout + stderr }).toEqual({
          command,
          failed: true,
          said: expect.stringMatching(/Unsupported Terraform Core version|not compatible with OpenTofu/),
        });
      }
    },
    HALF_AN_HOUR_MS,
  );
});
