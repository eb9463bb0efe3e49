import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { loadEnvironments } from '../../lib/config/load';
import { prepareAccount } from '../../lib/rehearsal/prepare-account';
import { describeWithProvider } from '../e2e/describe-with-provider';
import { EXAMPLES, loadExample } from '../support/synthesize';
import { inAccount, reasonOf, synthesizeInto, terraformIn, whatIsLeft } from './provider-run';

const TEN_MINUTES_MS = 600_000;
const NAMES = readdirSync(EXAMPLES)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => basename(file, '.yaml'));

interface EnvironmentFile extends Record<string, unknown> {
  readonly encryption: { readonly method: string };
  readonly capabilities?: readonly string[];
}

/** What a person may change in an environment file once it is deployed. */
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
  return await inAccount({ accountId, region, partition }, async (deployment) => {
    const environments = join(deployment.folder, 'environments');
    mkdirSync(environments);
    const synthesizeWith = async (content: EnvironmentFile) => {
      writeFileSync(join(environments, `${name}.yaml`), stringify(content));
      return await synthesizeInto(deployment, environments, name);
    };
    const stack = await synthesizeWith(file);
    for (const environment of loadEnvironments({ folder: environments, names: [name] })) {
      prepareAccount(deployment.account.state, environment);
    }
    const terraform = await terraformIn(deployment, stack);
    const steps: string[] = [];
    const step = async (title: string, work: () => Promise<unknown>) => {
      steps.push(`${title}: ${await work().then((result) => result ?? 'done', reasonOf)}`);
    };
    await terraform.init();
    await step('apply', terraform.apply);
    await step('plan', terraform.plan);
    await synthesizeWith(changed(file));
    await step('plan of the change', terraform.plan);
    await step('apply of the change', terraform.apply);
    await step('plan after the change', terraform.plan);
    await step('destroy', terraform.destroy);
    await step('left', async () => whatIsLeft(deployment.account, [file.bucket, `vault-backup-${name}`]).join(', '));
    return steps;
  });
}

describeWithProvider('every example environment', () => {
  const runs = new Map<string, readonly string[]>();

  beforeAll(async () => {
    await Promise.all(NAMES.map(async (name) => runs.set(name, await run(name))));
  }, TEN_MINUTES_MS);

  test.each(NAMES)('%s is applied, refreshed, changed and destroyed', (name) => {
    expect(runs.get(name)).toEqual([
      'apply: done',
      'plan: no-changes',
      'plan of the change: changes',
      'apply of the change: done',
      'plan after the change: no-changes',
      'destroy: done',
      'left: ',
    ]);
  });
});
