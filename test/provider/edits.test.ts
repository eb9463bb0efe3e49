import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { audit } from '../../lib/audit/audit';
import { parseInput } from '../../lib/audit/stack/parse-input';
import { joinPlan } from '../../lib/audit/subject/join-plan';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { loadEnvironments } from '../../lib/config/load';
import { ToolkitError } from '../../lib/errors';
import { prepareAccount } from '../../lib/rehearsal/prepare-account';
import { planStack } from '../../scripts/plan-stack';
import { describeWithProvider } from '../e2e/describe-with-provider';
import { ROOT } from '../e2e/run-vault-env';
import { recordingIo } from '../support/recording-io';
import { lossesOf, type Plan } from './losses';
import { environmentIn, HALF_AN_HOUR_MS, inAccount, type Place, synthesizeInto, terraformIn } from './provider-run';

const EDITS = 12;
const SEED = 20261129;
const NAME = 'acme';
const KEY = 'arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

type File = Readonly<Record<string, unknown>>;

/** The environment before each edit: everything in it can be lost. */
const DEPLOYED: File = {
  label: 'Acme',
  account: '111122223333',
  region: 'us-east-2',
  bucket: 'acme-vault-backup',
  encryption: { method: 'AWS-KMS' },
  host: { kind: 'ec2' },
  noncurrentVersionDays: 365,
  objectLock: { mode: 'COMPLIANCE', retentionDays: 30 },
  accessLog: { bucket: 'example-access-logs' },
};

/** Other values of each key; `undefined` takes the key out of the file. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  account: ['444455556666'],
  region: ['eu-west-1'],
  label: ['Acme Corporation'],
  bucket: ['acme-vault-moved'],
  encryption: [
    { method: 'AES-256' },
    { method: 'AES-256', former: ['created'] },
    { method: 'AES-256', givenUp: ['created'] },
    { method: 'AWS-KMS', key: KEY },
    { method: 'AWS-KMS', key: KEY, former: ['created'] },
    { method: 'AWS-KMS', former: [KEY] },
  ],
  noncurrentVersionDays: [1, 400, undefined],
  incompleteUploadDays: [3],
  objectLock: [
    undefined,
    { mode: 'COMPLIANCE', retentionDays: 60 },
    { mode: 'COMPLIANCE', retentionDays: 7 },
    { mode: 'GOVERNANCE', retentionDays: 30 },
    { mode: 'COMPLIANCE', retentionDays: 30, ended: true },
  ],
  accessLog: [undefined, { bucket: 'example-access-logs', prefix: 'vault/' }],
  capabilities: [['backup'], ['backup', 'versioning', 'manage-versioning']],
  deletionProtection: [false],
  rolePath: ['/vault/'],
  tags: [{ team: 'platform' }],
};

/** The keys by which something can end sooner; drawn as often as all others together. */
const RISKY = [
  'encryption',
  'noncurrentVersionDays',
  'objectLock',
  'bucket',
  'deletionProtection',
  'account',
  'region',
];

const edit = (keys: readonly string[]) =>
  fc.constantFrom(...keys).chain((key) => fc.constantFrom(...(VALUES[key] ?? [])).map((value) => ({ [key]: value })));
const oneKey = fc.oneof(edit(RISKY), edit(Object.keys(VALUES).filter((key) => !RISKY.includes(key))));
const edits = fc
  .tuple(oneKey, fc.option(oneKey, { nil: {}, freq: 2 }))
  .map(([first, second]): File => ({ ...first, ...second }));

/** Refusals that may come: the guards of data, and the place that nothing can leave. */
const REFUSABLE = [
  'aws_kms_key.backup',
  'aws_s3_bucket.backup',
  'aws_s3_bucket_object_lock_configuration.backup',
  'provider.aws.account',
  'provider.aws.region',
  'BadEnvironment',
];

/** Different ones. */
const SAMPLED: readonly File[] = [
  ...new Map(fc.sample(edits, { numRuns: 5 * EDITS, seed: SEED }).map((one) => [inspect(one), one])).values(),
];

/** One for each key by which something can end sooner, and others. */
const DRAWN = [
  ...new Set([...RISKY.flatMap((key) => SAMPLED.filter((one) => key in one).slice(0, 1)), ...SAMPLED]),
].slice(0, EDITS);

/** The result of one edit. */
interface Planned {
  readonly edit: File;
  /** Why nothing was planned: what is refused, or a rule of environment files. */
  readonly refused?: readonly string[];
  /** Things that end sooner by the plan, found without the audit. */
  readonly losses: readonly string[];
  /** Whether the audit fails the plan for what it would lose. */
  readonly isCaught: boolean;
}

async function planOf(edit: File, place: Place, environments: string, catalogue: Catalogue): Promise<Planned> {
  writeFile(environments, { ...DEPLOYED, ...edit });
  const nothing = (...refused: string[]): Planned => ({ edit, refused, losses: [], isCaught: false });
  const folder = await synthesizeInto(place, environments, NAME).catch(unlessBadEnvironment);
  if (folder === undefined) return nothing('BadEnvironment');
  const io = recordingIo();
  const signal = new AbortController().signal;
  const planned = await planStack(folder, undefined, {
    root: ROOT,
    folder: place.folder,
    env: environmentIn(place),
    signal,
    io,
  });
  if ('refusals' in planned) return nothing(...planned.refusals.map(({ address }) => address));
  const plan = planned.document;
  const stack = parseInput(readFileSync(join(folder, 'cdk.tf.json'), 'utf8'), 'cdk.tf.json');
  const { findings } = audit({
    name: NAME,
    stack: joinPlan(stack, parseInput(JSON.stringify(plan), 'plan.json')),
    catalogue,
    inputs: [],
    tool: { name: 'test', version: '0' },
    asOf: '2026-11-29',
  });
  const isCaught = findings.some(({ rule, result }) => rule === 'plan-keeps-data' && result === 'fail');
  return { edit, losses: lossesOf(plan as Plan), isCaught };
}

function unlessBadEnvironment(error: unknown): undefined {
  if (!(error instanceof ToolkitError) || error.code !== 'BadEnvironment') throw error;
}

function writeFile(folder: string, file: File): void {
  writeFileSync(join(folder, `${NAME}.yaml`), JSON.stringify(file));
}

describeWithProvider('edits of an environment that is deployed', () => {
  let planned: readonly Planned[];

  beforeAll(async () => {
    const catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
    const account = { accountId: '111122223333', region: 'us-east-2' };
    planned = await inAccount(account, async (place) => {
      const environments = join(place.folder, 'environments');
      mkdirSync(environments);
      writeFile(environments, { ...DEPLOYED, encryption: { method: 'AWS-KMS', key: KEY } });
      for (const one of loadEnvironments({ folder: environments })) prepareAccount(place.account.state, one);
      writeFile(environments, DEPLOYED);
      const terraform = await terraformIn(place, await synthesizeInto(place, environments, NAME));
      await terraform.init();
      await terraform.apply();
      const all: Planned[] = [];
      for (const edit of DRAWN) {
        all.push(await planOf(edit, place, environments, catalogue));
      }
      return all;
    });
  }, HALF_AN_HOUR_MS);

  test('lose nothing that neither Terraform nor the audit of the plan refuses', () => {
    expect(planned).toHaveLength(EDITS);
    expect(planned.filter(({ losses, isCaught }) => losses.length > 0 && !isCaught)).toEqual([]);
  });

  test('are refused for a loss only where there is one', () => {
    expect(planned.filter(({ losses, isCaught }) => losses.length === 0 && isCaught)).toEqual([]);
    const reasons = new Set(planned.flatMap(({ refused }) => refused ?? []));
    expect([...reasons].filter((reason) => !REFUSABLE.includes(reason))).toEqual([]);
  });

  test('touch every key that can make something end sooner', () => {
    expect(RISKY.filter((key) => !planned.some(({ edit }) => key in edit))).toEqual([]);
  });

  test('are refused for every other account and region', () => {
    const moves = planned.filter(({ edit }) => 'account' in edit || 'region' in edit);
    expect(moves.filter(({ refused }) => refused === undefined)).toEqual([]);
  });

  test('come to each of the three ends: refused, caught by the audit, and harmless', () => {
    const ends = planned.map(({ refused, isCaught }) => (refused ? 'refused' : isCaught ? 'caught' : 'harmless'));
    expect(new Set(ends)).toEqual(new Set(['refused', 'caught', 'harmless']));
  });
});
