import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostEnvironment, terraformEnvironment } from '../../lib/rehearsal/terraform-environment';
import { type SimulatedAccount, type SimulatedHost, startSimulatedAccount } from '../../lib/simulated-aws';
import { importBucket } from '../../lib/simulated-aws/s3';
import { describeWithProvider } from './describe-with-provider';
import { ROOT } from './run-vault-env';

const GUIDES = ['docs/operators.md', 'docs/pipelines.md'];
/** What the tests and CI run elsewhere. */
const RUN_ELSEWHERE = /^npm (ci|test|run (-s )?rehearse)\b/;

/** Every line of the guide's shell blocks. */
function commandsOf(guide: string): readonly string[] {
  const text = readFileSync(join(ROOT, guide), 'utf8');
  return [...text.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block = '']) => block.trim().split('\n'));
}

describeWithProvider('the guides', () => {
  let temporary: string;
  let checkout: string;
  let account: SimulatedAccount;
  let administrator: NodeJS.ProcessEnv;
  let host: SimulatedHost;
  let environmentOfHost: NodeJS.ProcessEnv;

  beforeAll(async () => {
    temporary = mkdtempSync(join(tmpdir(), 'guides-'));
    checkout = join(temporary, 'checkout');
    mkdirSync(checkout);
    for (const entry of readdirSync(ROOT)) {
      if (!/^(\.|cdktf\.out$)/.test(entry)) symlinkSync(join(ROOT, entry), join(checkout, entry));
    }
    account = await startSimulatedAccount({ accountId: '111122223333', region: 'us-east-2' });
    importBucket(account.state, 'example-other-bucket');
    const files = join(temporary, 'files');
    mkdirSync(join(files, 'home'), { recursive: true });
    writeFileSync(join(files, 'ca.pem'), account.caCertificatePem);
    writeFileSync(join(files, 'empty'), '');
    const endpoint = {
      endpoint: account.endpoint,
      certificateFile: join(files, 'ca.pem'),
      region: 'us-east-2',
      emptyFile: join(files, 'empty'),
    };
    const mirror = process.env.VAULT_ENV_PROVIDER_MIRROR;
    administrator = {
      ...terraformEnvironment(process.env, endpoint, account.administrator),
      ...(mirror && { TF_CLI_ARGS_init: `-plugin-dir=${mirror}` }),
      // A person types "yes".
      TF_CLI_ARGS_apply: '-auto-approve',
    };
    host = await account.startHost();
    const { metadataEndpoint } = host;
    environmentOfHost = hostEnvironment(process.env, { ...endpoint, metadataEndpoint, home: join(files, 'home') });
  });

  afterAll(async () => {
    await account.stop();
    rmSync(temporary, { recursive: true });
  });

  test('are right: every command works as it is written, one guide after the other', async () => {
    for (const command of GUIDES.flatMap(commandsOf).filter((line) => !RUN_ELSEWHERE.test(line))) {
      const isOnHost = command.includes(' verify ');
      if (isOnHost) host.attachInstanceProfile('vault-backup-aes-256');
      const result = await run(command, { cwd: checkout, env: isOnHost ? environmentOfHost : administrator });
      expect({ command, ...result }).toEqual({ command, exitCode: 0, stderr: expect.any(String) });
    }
  }, 180_000);
});

/** Not synchronous, because the simulated account answers from this process. */
function run(command: string, options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }) {
  return new Promise<{ exitCode: number; stderr: string }>((resolve) =>
    execFile('bash', ['-c', command], options, (error, _stdout, stderr) =>
      resolve({ exitCode: error === null ? 0 : Number(error.code ?? -1), stderr }),
    ),
  );
}
