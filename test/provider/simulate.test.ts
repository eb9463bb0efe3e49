import { describeWithProvider } from '../e2e/describe-with-provider';
import { type CommandResult, runVaultEnv } from '../e2e/run-vault-env';
import { EXAMPLES, FIXTURES } from '../support/examples';
import { HALF_AN_HOUR_MS } from './provider-run';

/** Asks STS who it is, as the command after `--`. */
const WHO_AM_I = `
const { GetCallerIdentityCommand, STSClient } = require('@aws-sdk/client-sts');
new STSClient().send(new GetCallerIdentityCommand()).then(({ Arn }) => console.log(Arn));
`;

const INSTANCE = 'i-[0-9a-f]{17}';
const SERIAL_NUMBER = '[0-9a-f]{2,40}';

/** Whom a command is run as, in which environment, and the session that it then has. */
const IDENTITIES = [
  ['role', 'aes-256', `vault-backup-aes-256/${INSTANCE}`],
  ['host', 'aes-256', `vault-backup-aes-256/${INSTANCE}`],
  ['host', 'attached-role', `vendor-instance/${INSTANCE}`],
  ['host', 'made-anchor', `vault-backup-made-anchor/${SERIAL_NUMBER}`],
  ['host', 'named-anchor', `vault-backup-named-anchor/${SERIAL_NUMBER}`],
] as const;

const environmentsOf = (name: string) => (name === 'aes-256' ? EXAMPLES : FIXTURES);

describeWithProvider('vault-env simulate', () => {
  const results = new Map<string, CommandResult>();

  // Side by side, because most of each is waiting for the provider.
  beforeAll(async () => {
    const command = [process.execPath, '-e', WHO_AM_I];
    const run = async ([as, name]: (typeof IDENTITIES)[number]) => {
      const simulate = ['simulate', name, '--environments', environmentsOf(name), '--as', as];
      results.set(`${as} of ${name}`, await runVaultEnv([...simulate, '--', ...command]));
    };
    await Promise.all(IDENTITIES.map(run));
  }, HALF_AN_HOUR_MS);

  test.each(IDENTITIES)('deploys an environment, and runs a command as the %s of %s', (as, name, session) => {
    const arn = expect.stringMatching(`^arn:aws:sts::111122223333:assumed-role/${session}\n$`);
    expect(results.get(`${as} of ${name}`)).toMatchObject({ exitCode: 0, stdout: arn });
  });
});
