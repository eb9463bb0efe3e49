import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { administratorEnvironment } from '../../lib/rehearsal/simulated-environments';
import { importBucket, type SimulatedAccount, startSimulatedAccount } from '../../lib/simulated-aws';
import { refusedSeconds } from '../../scripts/existing-things';
import { recordingIo } from '../support/recording-io';

const PLACE = { partition: 'aws', account: '111122223333', region: 'us-east-2' };
const saved = process.env;
let folder: string;
let account: SimulatedAccount;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'existing-things-'));
  account = await startSimulatedAccount({ accountId: PLACE.account, region: PLACE.region });
  importBucket(account.state, 'acme-vault');
  const [certificateFile, emptyFile] = [join(folder, 'ca.pem'), join(folder, 'empty')];
  writeFileSync(certificateFile, account.caCertificatePem);
  writeFileSync(emptyFile, '');
  const endpoint = { endpoint: account.endpoint, certificateFile, emptyFile, region: PLACE.region };
  // What an administrator's environment leaves out of ours also keeps the SDK from telling of Node's version.
  const AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  process.env = {
    ...administratorEnvironment(saved, endpoint, account.administrator),
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED,
  };
});

afterAll(async () => {
  process.env = saved;
  await account.stop();
  rmSync(folder, { recursive: true });
});

async function tell(bucket: string, { place = PLACE, more = {} } = {}) {
  const io = recordingIo();
  const change = { address: 'aws_s3_bucket.backup', type: 'aws_s3_bucket', actions: ['create'], after: { bucket } };
  const env = { ...process.env, AWS_CA_BUNDLE: join(folder, 'ca.pem'), ...more };
  const { signal } = new AbortController();
  const refusals = await refusedSeconds({ environment: 'acme', changes: [change], place }, { env, signal, io });
  return { refused: refusals.map(({ address }) => address), notes: io.notes() };
}

const NOT_KNOWN = 'whether aws_s3_bucket.backup (acme-vault) exists already is not known: ';

describe('a bucket that a plan makes', () => {
  test.each([
    ['is refused where it exists', 'acme-vault', {}, { refused: ['aws_s3_bucket.backup'], notes: '' }],
    ['is made where it does not', 'acme-new', {}, { refused: [], notes: '' }],
    [
      'is not asked for with credentials of another account',
      'acme-vault',
      { place: { ...PLACE, account: '444455556666' } },
      {
        refused: [],
        notes: `${NOT_KNOWN}the credentials here are of account 111122223333, not of 444455556666\n`,
      },
    ],
    [
      'is not asked for without a check of certificates',
      'acme-vault',
      { more: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } },
      { refused: [], notes: expect.stringContaining(`${NOT_KNOWN}'NODE_TLS_REJECT_UNAUTHORIZED' must not`) },
    ],
  ] as const)('%s', async (_, bucket, given, told) => {
    expect(await tell(bucket, given)).toEqual(told);
  });
});
