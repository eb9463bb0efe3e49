import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Adoption, VERDICTS } from '../../lib/adoption/adoption';
import { renderAdoption } from '../../lib/adoption/reports/text';
import { renderDiff } from '../../lib/audit/diff/diff-text';
import type { EnvironmentDiff } from '../../lib/audit/diff/environment-diff';
import { fitLines } from '../../lib/fit-text';
import { renderTextReport } from '../../lib/verify/report/text-report';
import type { Verification } from '../../lib/verify/result/verification';
import { main } from '../../scripts/main';
import { AES_256_OUTPUT } from '../backup-environment/example';
import { recordingIo } from '../support/recording-io';
import { FULL_VERIFICATION } from '../verify/example-verification';

const COLUMNS = 80;
/** As long as a name may be. */
const LONG = `acme-production-${'n'.repeat(18)}-vault`;
const BUCKET = `acme-production-${'b'.repeat(40)}-vault`;
const KEY_ARN = 'arn:aws:kms:ap-southeast-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
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

/** Before a word that has a line for itself. */
const LABEL = /^ *\S.*? {2,}/;

/** Whether a line that is too long could have been broken, as neither one word nor a command can be. */
const couldBreak = (line: string) =>
  line.replace(LABEL, '').trim().includes(' ') && !/^\s*(terraform|npx|aws|node) /.test(line);

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

const LONG_DETAIL = `the bucket ${BUCKET} of ${LONG} is ${'read and written by somebody else, '.repeat(4)}and so on`;

const ADOPTION: Adoption = {
  ...{ version: 1, environment: LONG, account: '111122223333', region: 'ap-southeast-2', bucket: BUCKET },
  ...{ verdict: 'fail', operator: 'arn:aws:iam::111122223333:user/administrator', simulated: true },
  ...{ exists: ['bucket', 'key'], imports: ['bucket', 'key'], makes: ['role'] },
  items: VERDICTS.map((verdict) => ({
    ...{ id: `aws_s3_bucket_lifecycle_configuration.backup/${verdict}`, verdict, was: '365 days', is: LONG_DETAIL },
    ...{ detail: LONG_DETAIL, accepted: { reason: 'agreed', owner: LONG, expires: '2027-03-31', source: 'file' } },
  })),
  objects: {
    ...{ listedVersions: 1_000_000, isCutOff: true, sampled: 200 },
    groups: [{ method: 'aws:kms', keyArn: KEY_ARN, bucketKey: true, count: 200, example: BUCKET }],
  },
  ...{ doubts: [], answeredBy: [], notAssessed: [LONG_DETAIL], warnings: [LONG_DETAIL] },
};

const DIFF: EnvironmentDiff = {
  ...{ version: 1, environment: LONG, verdict: 'fail' },
  changes: { create: [], update: [LONG, BUCKET], replace: [BUCKET], destroy: [BUCKET], forget: [], import: [LONG] },
  losses: [
    { loss: `aws_s3_bucket.backup/${LONG}`, detail: LONG_DETAIL, isCertain: false, evidence: [] },
    {
      loss: 'aws_kms_key.backup/key',
      detail: LONG_DETAIL,
      isCertain: true,
      evidence: [{ at: LONG, value: LONG_DETAIL }],
    },
  ],
  access: { since: 'deployed', unknown: LONG_DETAIL },
  findings: [{ id: `bucket-versioning/aws_s3_bucket.backup/${LONG}`, result: 'unknown', detail: LONG_DETAIL }],
  refusals: [
    { refused: `to destroy aws_kms_key.${LONG}`, address: `aws_kms_key.${LONG}`, instead: [LONG_DETAIL, 'key'] },
  ],
};

const VERIFIED: Verification = {
  ...FULL_VERIFICATION,
  ...{ environment: LONG, bucket: BUCKET, warnings: [LONG_DETAIL], notAssessed: [LONG_DETAIL] },
  checks: FULL_VERIFICATION.checks.map((check) => ({ ...check, detail: LONG_DETAIL, expected: LONG_DETAIL })),
};

const plain = (text: string) => text;

/** Verbs that need an account, by documents of their findings; printed as the verbs print them. */
const DOCUMENTS = [
  { verb: 'adopt', text: () => fitLines(renderAdoption(ADOPTION, plain), COLUMNS) },
  { verb: 'diff', text: () => fitLines(renderDiff(DIFF, plain), COLUMNS) },
  { verb: 'verify', text: () => renderTextReport(VERIFIED, { columns: COLUMNS, useColour: false }) },
];

test.each(DOCUMENTS)('a report of $verb is no wider than the screen', ({ text }) => {
  const lines = text();
  expect(lines).toContain(BUCKET);
  expect(tooLong(lines)).toEqual([]);
});

test('an error is not broken, so that what a person copies from it stays whole: a terminal wraps it', async () => {
  const io = recordingIo({ columns: 30, isTerminal: true });
  await main(['list', '--environments', 'no-such-folder'], io, {
    ...{ env: process.env, folder, signal: new AbortController().signal },
  });
  expect(io.notes()).toContain(
    '\nWrite the first with vault-env init <name>, or name another folder with --environments\n',
  );
});
