import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientWithCredentials } from '../../lib/simulate-command/client-variables';
import type { SimulatedAccount } from '../../lib/simulated-aws';
import { accountId, region, startAccount } from '../simulated-aws/account';
import { describeWithProgram, type ProgramName, runProgram } from './program';

const FOLDER = mkdtempSync(join(tmpdir(), 's3-control-'));
const CA_FILE = join(FOLDER, 'ca.pem');
let account: SimulatedAccount;

beforeAll(async () => {
  account = await startAccount();
  writeFileSync(CA_FILE, account.caCertificatePem);
});

afterAll(async () => {
  await account.stop();
  rmSync(FOLDER, { recursive: true });
});

/** With the variables of `simulate` alone: whether names below `localhost` lead anywhere must not matter. */
function run(program: ProgramName, args: readonly string[]) {
  const variables = clientWithCredentials(
    { endpoint: account.endpoint, caFile: CA_FILE, region },
    account.administrator,
  );
  const env = Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return runProgram(program, args, { env: { ...Object.fromEntries(env), HOME: FOLDER } });
}

describeWithProgram('python-clients', () => {
  test('boto3 reads what S3 Control says of the account, as a scanner asks it', async () => {
    const { stdout, stderr } = await run('python-clients', [join(__dirname, 'python', 'boto3_control.py'), accountId]);
    expect(stdout.trim().split('\n').sort()).toEqual([
      'access points\t[]',
      'block\tNoSuchPublicAccessBlockConfiguration',
      'block of another account\tAccessDenied',
      'multi-region access points\t[]',
      'tags\tNoSuchBucket',
    ]);
    expect(stderr).toBe('');
  });
});

describeWithProgram('aws-v1', () => {
  test('the AWS CLI reads what S3 Control says of the account', async () => {
    const args = ['s3control', 'list-access-points', '--account-id', accountId, '--output', 'json'];
    const { exitCode, stdout } = await run('aws-v1', args);
    expect([exitCode, JSON.parse(stdout)]).toEqual([0, { AccessPointList: [] }]);
  });
});
