import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../scripts/main';
import { AES_256_OUTPUT } from '../backup-environment/example';
import { recordingIo } from '../support/recording-io';

const COLUMNS = 80;
/** As long as a name may be. */
const LONG = `acme-production-${'n'.repeat(18)}-vault`;
const BUCKET = `acme-production-${'b'.repeat(40)}-vault`;
const ACME = {
  label: 'Acme, the environment of production with a label that is long enough to be told on a line of its own',
  account: '111122223333',
  region: 'ap-southeast-2',
  bucket: BUCKET,
  otherBucket: 'example-other-bucket',
  encryption: { method: 'AWS-KMS' },
  host: { kind: 'ec2' },
};

let folder: string;

async function typed(argv: readonly string[]) {
  const io = recordingIo({ columns: COLUMNS });
  const exitCode = await main(argv, io, { env: process.env, folder, signal: new AbortController().signal });
  return { exitCode, result: io.results() };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'columns-'));
  for (const name of ['environments', 'emitted', 'results', `results/${LONG}`]) mkdirSync(join(folder, name));
  const write = (file: string, content: unknown) => writeFileSync(join(folder, file), JSON.stringify(content));
  write(`environments/${LONG}.yaml`, ACME);
  write('environments/zenith.yaml', { ...ACME, bucket: 'zenith-vault', account: '999999999999' });
  write('environments/wrong.yaml', { label: 'Wrong', regoin: 'us-east-2' });
  write('emitted/cdk.tf.json', { output: { backup_environment: { value: AES_256_OUTPUT } } });
  write('outputs.json', { acme: { backup_environment: AES_256_OUTPUT } });
  await typed(['synth', LONG, 'zenith']);
  await typed(['audit', 'cdktf.out', '--evidence', 'evidence', '--out', 'reports']);
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Of a line that is too long: whether it could have been broken, as neither one word nor a command can be. */
const couldBreak = (line: string) => line.trim().includes(' ') && !/^\s*(terraform|npx|aws|node) /.test(line);

const tooLong = (text: string) => text.split('\n').filter((line) => line.length > COLUMNS && couldBreak(line));

const OUTPUTS: readonly (readonly string[])[] = [
  [],
  ['list'],
  ['synth', LONG],
  ['prove', LONG],
  ['prove', LONG, 'zenith', 'wrong'],
  ['audit', LONG],
  ['audit', 'cdktf.out'],
  ['explain', LONG, '--action', 's3:GetObject', '--resource', `arn:aws:s3:::${BUCKET}/object`],
  ['explain', LONG, '--action', 's3:DeleteObjectVersion', '--resource', 'bucket/object'],
  ['emit', 'acme', '--stack', 'emitted', '--from', 'outputs.json'],
  ['evidence', 'verify', `evidence/${LONG}`],
  ['evidence', 'verify', 'evidence'],
  ['evidence', 'summary', 'evidence', '--environments', 'environments'],
  ['doctor', '--workstation'],
  ...['audit', 'list', 'verify', 'evidence', 'rehearse', 'adopt', 'diff', 'simulate'].map((verb) => [verb, '--help']),
];

test.each(OUTPUTS.map((argv) => ({ argv })))(
  'vault-env $argv prints no line that is wider than the screen',
  async ({ argv }) => {
    const { result } = await typed(argv);
    expect(result).not.toBe('');
    expect(tooLong(result)).toEqual([]);
  },
);
