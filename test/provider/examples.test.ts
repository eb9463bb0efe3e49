import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { prepareAccount } from '../../lib/rehearsal/prepare-account';
import { describeWithProvider } from '../e2e/describe-with-provider';
import { EXAMPLES, loadExample } from '../support/examples';
import { HALF_AN_HOUR_MS, inAccount, type Place, synthesizeInto, take, terraformIn, whatIsLeft } from './provider-run';

const NAMES = readdirSync(EXAMPLES)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => basename(file, '.yaml'));

interface EnvironmentFile extends Record<string, unknown> {
  readonly encryption: { readonly method: string };
  readonly capabilities?: readonly string[];
}

/** Edits that a person may make in the file of a deployed environment. */
function changed(file: EnvironmentFile): EnvironmentFile {
  return {
    ...file,
    encryption: { method: file.encryption.method === 'AES-256' ? 'AWS-KMS' : 'AES-256' },
    capabilities: [...(file.capabilities ?? ['backup', 'versioning']), 'purge-versions'],
    noncurrentVersionDays: 45,
    incompleteUploadDays: 3,
    tags: { changed: 'yes' },
  };
}

/** Applies an example that may be thrown away, changes it, and destroys it. */
async function run(name: string): Promise<readonly string[]> {
  const file = { ...parse(readFileSync(join(EXAMPLES, `${name}.yaml`), 'utf8')), deletionProtection: false };
  const { account: accountId, region, partition } = loadExample(EXAMPLES, name);
  return await inAccount({ accountId, region, partition }, async (place) => {
    const terraform = await terraformIn(place, await synthesizeWith(place, name, file));
    prepareAccount(place.account.state, loadExample(environmentsOf(place), name));
    await terraform.init();
    return await take([
      ['apply', terraform.apply],
      ['plan', terraform.plan],
      ['synthesis of the change', async () => void (await synthesizeWith(place, name, changed(file)))],
      ['plan of the change', terraform.plan],
      ['apply of the change', terraform.apply],
      ['plan after the change', terraform.plan],
      ['destroy', terraform.destroy],
      ['left', async () => whatIsLeft(place.account, [file.bucket, `vault-backup-${name}`]).join(', ')],
    ]);
  });
}

function environmentsOf({ folder }: Place): string {
  return join(folder, 'environments');
}

/** The folder of the stack that the environment file makes. */
async function synthesizeWith(place: Place, name: string, content: EnvironmentFile): Promise<string> {
  mkdirSync(environmentsOf(place), { recursive: true });
  writeFileSync(join(environmentsOf(place), `${name}.yaml`), stringify(content));
  return await synthesizeInto(place, environmentsOf(place), name);
}

describeWithProvider('every example environment', () => {
  const runs = new Map<string, readonly string[]>();

  beforeAll(async () => {
    await Promise.all(NAMES.map(async (name) => runs.set(name, await run(name))));
  }, HALF_AN_HOUR_MS);

  test.each(NAMES)('%s is applied, refreshed, changed and destroyed', (name) => {
    expect(runs.get(name)).toEqual([
      'apply: done',
      'plan: no-changes',
      'synthesis of the change: done',
      'plan of the change: changes',
      'apply of the change: done',
      'plan after the change: no-changes',
      'destroy: done',
      'left: ',
    ]);
  });
});
