import { describeWithProvider } from '../e2e/describe-with-provider';
import { type CommandResult, runVaultEnv } from '../e2e/run-vault-env';
import { HALF_AN_HOUR_MS } from './provider-run';

/** Asks STS who it is, as the command after `--`. */
const WHO_AM_I = `
const { GetCallerIdentityCommand, STSClient } = require('@aws-sdk/client-sts');
new STSClient().send(new GetCallerIdentityCommand()).then(({ Arn }) => console.log(Arn));
`;

const IDENTITIES = ['role', 'host'];

describeWithProvider('vault-env simulate', () => {
  const results = new Map<string, CommandResult>();

  // Side by side, because most of each is waiting for the provider.
  beforeAll(async () => {
    const command = [process.execPath, '-e', WHO_AM_I];
    const run = async (as: string) =>
      results.set(as, await runVaultEnv(['simulate', 'aes-256', '--as', as, '--', ...command]));
    await Promise.all(IDENTITIES.map(run));
  }, HALF_AN_HOUR_MS);

  test.each(IDENTITIES)('deploys an environment, and runs a command as its %s', (as) => {
    const arn = expect.stringMatching(
      /^arn:aws:sts::111122223333:assumed-role\/vault-backup-aes-256\/i-[0-9a-f]{17}\n$/,
    );
    expect(results.get(as)).toMatchObject({ exitCode: 0, stdout: arn });
  });
});
