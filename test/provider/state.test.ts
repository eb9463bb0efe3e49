import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importKey } from '../../lib/simulated-aws';
import { importBucket } from '../../lib/simulated-aws/s3';
import { findTerraform } from '../../lib/terraform';
import { runShell } from '../e2e/checkout';
import { describeWithProvider } from '../e2e/describe-with-provider';
import { EXAMPLES, loadExample, synthesizeStack } from '../support/synthesize';
import { environmentIn, HALF_AN_HOUR_MS, inAccount, type Place, terraformIn } from './provider-run';
import { STATE_BUCKET, STATE_KEY_ID, STATES, type TriedState } from './states';

/** A stack that keeps its state where that of the environment does, and makes nothing. */
function stackWithState(state: object) {
  const { terraform } = synthesizeStack({ ...loadExample(EXAMPLES, 'aes-256'), state });
  const { required_providers: _providers, ...declared } = terraform;
  return { terraform: declared, output: { here: { value: 1 } } };
}

function writeStack({ folder }: Place, content: object): string {
  const stack = join(folder, 'stack');
  mkdirSync(stack, { recursive: true });
  writeFileSync(join(stack, 'cdk.tf.json'), JSON.stringify(content));
  return stack;
}

/** Objects that were written, and their keys, in order. */
async function writesOf({ state, region }: TriedState): Promise<readonly string[]> {
  const writes: string[] = [];
  const onRequest = (request: { eventName: string; decisions: readonly { resource: string }[] }) => {
    const { eventName, decisions } = request;
    if (/^(Put|Delete)/.test(eventName))
      writes.push([eventName, ...new Set(decisions.map(({ resource }) => resource))].join(' '));
  };
  await inAccount({ accountId: '111122223333', region, onRequest }, async (place) => {
    importBucket(place.account.state, STATE_BUCKET);
    importKey(place.account.state, { keyId: STATE_KEY_ID });
    // The shell's own region is another one, which must not count.
    const terraform = await terraformIn(place, writeStack(place, stackWithState(state)), { AWS_REGION: 'ap-south-1' });
    await terraform.init();
    await terraform.apply();
  });
  return writes;
}

/** Terraform's words when it looks for its state; nobody listens at the hosts of workspaces. */
async function initialize(content: object): Promise<string> {
  return await inAccount({ accountId: '111122223333', region: 'us-east-2' }, async (place) => {
    const folder = writeStack(place, content);
    const hosts = ['app.terraform.io', 'tfe.acme.example'].map(
      (host) => `host "${host}" { services = { "tfe.v2" = "http://127.0.0.1:9/" } }`,
    );
    const TF_CLI_CONFIG_FILE = join(place.folder, 'hosts.tfrc');
    writeFileSync(TF_CLI_CONFIG_FILE, `${hosts.join('\n')}\n`);
    const { path } = await findTerraform(process.env);
    const env = { ...environmentIn(place), TF_CLI_CONFIG_FILE };
    const { stdout, stderr } = await runShell(`${path} -chdir=${folder} init -input=false -no-color`, {
      cwd: folder,
      env,
    });
    return `${stdout}${stderr}`;
  });
}

describeWithProvider('a state', () => {
  test.each(STATES.filter(({ object }) => object !== undefined))(
    '$title is written under its key while a lock file keeps others out',
    async (tried) => {
      const object = `arn:aws:s3:::${STATE_BUCKET}/${tried.object}`;
      const key = tried.keyArn === undefined ? '' : ` ${tried.keyArn}`;
      expect(await writesOf(tried)).toEqual([
        `PutObject ${object}.tflock${key}`,
        `PutObject ${object}${key}`,
        `DeleteObject ${object}.tflock`,
      ]);
    },
    HALF_AN_HOUR_MS,
  );

  // Terraform reads the block of a workspace only to ask its host, of which it has no token here.
  test.each(STATES.filter(({ object }) => object === undefined))(
    '$title is declared in words that Terraform knows',
    async ({ state }) => {
      expect(await initialize(stackWithState(state))).toContain('Error: Required token could not be found');
    },
    HALF_AN_HOUR_MS,
  );

  test(
    'in a workspace is refused with a word that Terraform does not know',
    async () => {
      const cloud = { organization: 'acme', workspaces: { name: 'vault' }, organisation: 'acme' };
      expect(await initialize({ terraform: { cloud } })).not.toContain('Error: Required token could not be found');
    },
    HALF_AN_HOUR_MS,
  );
});
