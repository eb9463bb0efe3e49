import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rehearsing } from '../../lib/rehearsal/rehearsing';
import { stackToDeploy } from '../../lib/rehearsal/stack-to-deploy';
import { createWorkspace } from '../../lib/rehearsal/workspace';
import { EXAMPLES, loadExample } from '../support/synthesize';

const TERRAFORM = process.env.TERRAFORM_BINARY_NAME ?? 'terraform';
const hasTerraform =
  spawnSync(TERRAFORM, ['version'], { env: { ...process.env, CHECKPOINT_DISABLE: '1' } }).status === 0;
const REAL_STATES = [
  { name: 'a bucket', terraform: { backend: { s3: { bucket: 'real-state', key: 'k', region: 'us-east-2' } } } },
  { name: 'a workspace', terraform: { cloud: { organization: 'real', workspaces: { name: 'w' } } } },
  { name: 'a file', terraform: { backend: { local: { path: '/nowhere/real.tfstate' } } } },
];

const temporary = mkdtempSync(join(tmpdir(), 'stack-to-deploy-'));
const workspace = createWorkspace();

afterAll(() => {
  workspace.remove();
  rmSync(temporary, { recursive: true });
});

(hasTerraform ? test : test.skip).each(REAL_STATES)(
  'keeps the state in the rehearsal where the stack names $name',
  async ({ name, terraform }) => {
    const stacksFolder = join(temporary, name);
    mkdirSync(join(stacksFolder, 'stacks/aes-256'), { recursive: true });
    const stack = { terraform, output: { here: { value: 1 } } };
    writeFileSync(join(stacksFolder, 'stacks/aes-256/cdk.tf.json'), JSON.stringify(stack));
    const files = workspace.folderOf(name);
    const environment = loadExample(EXAMPLES, 'aes-256');
    const { value: cwd } = await stackToDeploy({ stacksFolder, environment, files } as unknown as Rehearsing);
    const env = { ...process.env, CHECKPOINT_DISABLE: '1', AWS_EC2_METADATA_DISABLED: 'true' };
    for (const args of [
      ['init', '-input=false'],
      ['apply', '-auto-approve'],
    ]) {
      expect(spawnSync(TERRAFORM, args, { cwd, env, encoding: 'utf8' })).toMatchObject({ status: 0 });
    }
    expect(JSON.parse(readFileSync(files.path('terraform.tfstate'), 'utf8')).outputs).toEqual({
      here: { value: 1, type: 'number' },
    });
  },
);
