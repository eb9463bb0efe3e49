import { describeWithProvider } from '../e2e/describe-with-provider';
import { runVaultEnv } from '../e2e/run-vault-env';

/** Asks STS who it is, as the command after `--`. */
const WHO_AM_I = `
const { GetCallerIdentityCommand, STSClient } = require('@aws-sdk/client-sts');
new STSClient().send(new GetCallerIdentityCommand()).then(({ Arn }) => console.log(Arn));
`;

describeWithProvider('vault-env simulate', () => {
  test.each(['role', 'host'])(
    'deploys an environment, and runs a command as its %s',
    async (as) => {
      const command = [process.execPath, '-e', WHO_AM_I];
      const { exitCode, stdout } = await runVaultEnv(['simulate', 'aes-256', '--as', as, '--', ...command]);
      const arn = expect.stringMatching(
        /^arn:aws:sts::111122223333:assumed-role\/vault-backup-aes-256\/i-[0-9a-f]{17}\n$/,
      );
      expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: arn });
    },
    300_000,
  );
});
