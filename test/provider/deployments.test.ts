import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accountOf } from '../../lib/arn';
import { roleArn } from '../../lib/policy/resource-names';
import { prepareAccount } from '../../lib/rehearsal/prepare-account';
import { describeWithProvider } from '../e2e/describe-with-provider';
import { FIXTURES, loadExample } from '../support/examples';
import { alterStackFile } from './alterations';
import { DEPLOYED_FIXTURES, HOST_FIXTURES } from './deployed-fixtures';
import {
  HALF_AN_HOUR_MS,
  inAccount,
  type Place,
  reasonOf,
  synthesizeInto,
  terraformIn,
  whatIsLeft,
} from './provider-run';

const POLICY_ARGUMENTS = ['policy', 'assume_role_policy'];
/** The bucket's own argument of that name belongs to `aws_s3_bucket_policy`, and the provider always computes it. */
const COMPUTED = 'aws_s3_bucket.backup policy';

interface ResourceChange {
  readonly address: string;
  readonly change: { readonly after: object; readonly after_unknown: Readonly<Record<string, unknown>> };
}

interface Deployment {
  readonly unknownPolicies: readonly string[];
  readonly planAfterApply: string;
  readonly planAfterChange: string;
  /** The result of destroying. */
  readonly destroyed: string;
  readonly left: readonly string[];
}

/**
 * Plans, applies, changes and destroys one environment with the real provider, without its lifecycle rules: the provider
 * waits a minute for them, and those of the examples are tried as they are.
 */
async function deploy(name: string): Promise<Deployment> {
  const environment = loadExample(FIXTURES, name);
  const { account: accountId, region, partition } = environment;
  const otherAccountIds = [accountOf(roleArn(environment))].filter((id) => id !== accountId);
  return await inAccount({ accountId, otherAccountIds, region, partition }, async (place) => {
    prepareAccount(place.account.state, environment);
    const stackFolder = await synthesizeWithoutLifecycle(place, FIXTURES, name);
    const terraform = await terraformIn(place, stackFolder);
    await terraform.init();
    const unknownPolicies = unknownIn((await terraform.showPlan()) as { resource_changes: ResourceChange[] });
    await terraform.apply();
    const planAfterApply = await terraform.plan();
    if (isOfHost(name)) await liftProtection(place, name);
    changeTags(join(stackFolder, 'cdk.tf.json'));
    const planned = await terraform.plan();
    await terraform.apply();
    const planAfterChange = `${planned}, then ${await terraform.plan()}`;
    const destroyed = await terraform.destroy().then(() => 'everything', reasonOf);
    const left = whatIsLeft(place.account, ['example-vault', 'fixture-vault', 'vault-backup']);
    return { unknownPolicies, planAfterApply, planAfterChange, destroyed, left };
  });
}

function isOfHost(name: string): boolean {
  return HOST_FIXTURES.some((fixture) => fixture === name);
}

async function synthesizeWithoutLifecycle(place: Place, environments: string, name: string): Promise<string> {
  const stackFolder = await synthesizeInto(place, environments, name);
  alterStackFile(join(stackFolder, 'cdk.tf.json'), (resources) => {
    delete resources.aws_s3_bucket_lifecycle_configuration;
  });
  return stackFolder;
}

/** As whoever is going to throw the environment away edits its file; the key's policy has to allow it, too. */
async function liftProtection(place: Place, name: string): Promise<void> {
  const environments = join(place.folder, 'environments');
  cpSync(FIXTURES, environments, { recursive: true });
  appendFileSync(join(environments, `${name}.yaml`), 'deletionProtection: false\n');
  await synthesizeWithoutLifecycle(place, environments, name);
}

function unknownIn(plan: { readonly resource_changes: readonly ResourceChange[] }): readonly string[] {
  return plan.resource_changes
    .flatMap(({ address, change }) =>
      POLICY_ARGUMENTS.filter((argument) => change.after_unknown[argument] === true).map(
        (argument) => `${address} ${argument}`,
      ),
    )
    .filter((argument) => argument !== COMPUTED);
}

function changeTags(stackFile: string): void {
  const stack = JSON.parse(readFileSync(stackFile, 'utf8'));
  stack.provider.aws[0].default_tags[0].tags.changed = 'yes';
  // A role that exists already is not of the stack.
  if (stack.resource.aws_iam_role !== undefined) stack.resource.aws_iam_role.vault.description = 'Changed';
  writeFileSync(stackFile, JSON.stringify(stack));
}

describeWithProvider('deployment with the real provider', () => {
  let deployments: Readonly<Record<string, Deployment>>;
  let everyOption: Deployment;
  let existingKey: Deployment;

  beforeAll(async () => {
    const deployed = await Promise.all(DEPLOYED_FIXTURES.map(async (name) => [name, await deploy(name)] as const));
    deployments = Object.fromEntries(deployed);
    everyOption = deployments['every-option'] as Deployment;
    existingKey = deployments['existing-key'] as Deployment;
  }, HALF_AN_HOUR_MS);

  test('shows every policy in the plan, except the role policy for a key that does not exist yet', () => {
    expect(everyOption.unknownPolicies).toEqual(['aws_iam_policy.kms policy']);
    expect(existingKey.unknownPolicies).toEqual([]);
  });

  test.each(DEPLOYED_FIXTURES)('of %s has nothing left to do after apply, nor after a change', (name) => {
    expect(deployments[name]).toMatchObject({
      planAfterApply: 'no-changes',
      planAfterChange: 'changes, then no-changes',
    });
  });

  test('destroys everything that may be thrown away', () => {
    expect(everyOption).toMatchObject({ destroyed: 'everything', left: [] });
  });

  test.each(HOST_FIXTURES)('destroys everything of %s once its protection is lifted', (name) => {
    expect(deployments[name]).toMatchObject({ destroyed: 'everything', left: [] });
  });

  test('refuses to destroy what is protected, and keeps all of it', () => {
    expect(existingKey).toMatchObject({
      destroyed: 'Instance cannot be destroyed',
      left: [
        'example-vault-backup-existing-key',
        'key',
        'vault-backup-existing-key',
        'vault-backup-existing-key',
        'vault-backup-existing-key-kms',
        'vault-backup-existing-key-s3',
      ],
    });
  });
});
