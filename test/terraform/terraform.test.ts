import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createTerraform, findTerraform, type TerraformOptions } from '../../lib/terraform';
import { terraformPlatform } from '../../lib/terraform/provider-mirror';
import { registryWatch } from '../../lib/terraform/registry-watch';
import { bareEnvironment, fakeTerraform, removeFolders, temporaryFolder, writeMirror } from './fake-terraform';

afterAll(removeFolders);

const platform = terraformPlatform();
const unpacked = `5.100.0/${platform}/terraform-provider-aws_v5.100.0_x5`;
const packed = `terraform-provider-aws_6.20.0_${platform}.zip`;
const terraformHost = 'registry.terraform.io';
const tofuHost = 'registry.opentofu.org';

/** A runner that finds nothing on this machine that the test did not put there. */
function runner(options: Pick<TerraformOptions, 'binary'> & Partial<TerraformOptions>) {
  const folder = temporaryFolder();
  const defaults = { folder, env: bareEnvironment(), optionalSoftwareFolders: [] };
  return { folder, terraform: createTerraform({ ...defaults, ...options }) };
}

/** The error of a rejected promise, as code and message. */
async function failure(promise: Promise<unknown>): Promise<{ code: string; message: string }> {
  const error = await promise.then(
    () => ({ code: 'no error', message: '' }),
    (thrown) => thrown,
  );
  return { code: error.code, message: error.message };
}

const unreachable = `
╷
│ Error: Failed to query available provider packages
│
│ Could not retrieve the list of available versions for provider hashicorp/aws:
│ could not connect to registry.terraform.io
╵`;
/** An init that fails as without a network, and succeeds with a plugin folder, whose name it writes down. */
const initWithoutNetwork = `case "$*" in
  *-plugin-dir=*) for last; do true; done; printf '%s' "$last" > "$\{1#-chdir=}/plugin-dir" ;;
  *) echo '${unreachable}' >&2; exit 1 ;;
esac`;

describe('init', () => {
  test('takes a provider that Terraform finds by itself', async () => {
    const { terraform } = runner({ binary: fakeTerraform({ init: 'true' }) });
    expect(await terraform.init()).toEqual({ kind: 'terraform' });
  });

  type Place = (env: Record<string, string>, folder: string) => string;
  test.each<[string, Place]>([
    ['the user’s plugin folder', (env) => join(env.HOME ?? '', '.terraform.d/plugins')],
    ['the data folder of the system', (env) => join(env.XDG_DATA_DIRS ?? '', 'terraform/plugins')],
    ['the plugin cache', (env) => env.TF_PLUGIN_CACHE_DIR ?? ''],
    ['the folder itself', (_env, folder) => join(folder, 'terraform.d/plugins')],
  ])('falls back to a mirror in %s', async (_where, placeOf) => {
    const env = { ...bareEnvironment(), TF_PLUGIN_CACHE_DIR: temporaryFolder() };
    const folder = temporaryFolder();
    const mirror = placeOf(env, folder);
    writeMirror(mirror, terraformHost, unpacked);
    const notes: string[] = [];
    const binary = fakeTerraform({ init: initWithoutNetwork });
    const { terraform } = runner({ binary, env, folder, onOutput: (line) => notes.push(line) });
    expect(await terraform.init()).toEqual({ kind: 'mirror', folder: mirror });
    expect(readFileSync(join(folder, 'plugin-dir'), 'utf8')).toBe(`-plugin-dir=${mirror}`);
    expect(notes).toContain(`No provider from the registry; using the mirror '${mirror}'.`);
  });

  test.each([
    ['the folder itself', '', packed],
    ['one level down', 'plugins', unpacked],
    ['two levels down', 'hashicorp/mirror', packed],
  ])('falls back to a mirror among optional software, in %s', async (_where, below, packagePath) => {
    const optionalSoftware = temporaryFolder();
    const mirror = writeMirror(join(optionalSoftware, below), terraformHost, packagePath);
    const binary = fakeTerraform({ init: initWithoutNetwork });
    const { terraform } = runner({ binary, optionalSoftwareFolders: [optionalSoftware] });
    expect(await terraform.init()).toEqual({ kind: 'mirror', folder: mirror });
  });

  test.each([
    ['too old', `5.99.1/${platform}/terraform-provider-aws`],
    ['too new', `terraform-provider-aws_7.0.0_${platform}.zip`],
    ['a pre-release', `terraform-provider-aws_6.0.0-beta1_${platform}.zip`],
    ['for another platform', '5.100.0/plan9_arm/terraform-provider-aws'],
    ['empty', `5.100.0/${platform}/LICENSE.txt`],
    ['too deep', `../../../../../a/b/c/${terraformHost}/hashicorp/aws/${unpacked}`],
  ])('passes over a mirror that is %s, and says what to do', async (_why, packagePath) => {
    const optionalSoftware = join(temporaryFolder(), 'opt');
    writeMirror(join(optionalSoftware, 'x'), terraformHost, packagePath);
    const binary = fakeTerraform({ init: initWithoutNetwork });
    const { terraform } = runner({ binary, optionalSoftwareFolders: [optionalSoftware] });
    const { code, message } = await failure(terraform.init());
    expect(code).toBe('ProviderNotFound');
    expect(message.split('\n')).toEqual([
      `The provider 'hashicorp/aws' (>= 5.100.0, < 7.0.0) for ${platform} must be in a registry or in a mirror folder, got: neither`,
      'Could not retrieve the list of available versions for provider hashicorp/aws: could not connect to registry.terraform.io',
      '',
      'Do one of these:',
      expect.stringMatching(/^ {2}1\. .*registry\.terraform\.io: network access, or HTTPS_PROXY/),
      expect.stringMatching(/^ {2}2\. /),
      `       terraform providers mirror -platform=${platform} <folder>`,
      expect.stringContaining('~/.terraform.d/plugins'),
      expect.stringMatching(/^ {2}3\. Set VAULT_ENV_PROVIDER_MIRROR/),
    ]);
  });

  test('VAULT_ENV_PROVIDER_MIRROR comes first, and no registry is asked', async () => {
    const mirror = writeMirror(temporaryFolder(), terraformHost, packed);
    const env = { ...bareEnvironment(), VAULT_ENV_PROVIDER_MIRROR: mirror };
    const onlyMirror = 'case "$*" in *-plugin-dir=*) ;; *) exit 98 ;; esac';
    const { terraform } = runner({ binary: fakeTerraform({ init: onlyMirror }), env });
    expect(await terraform.init()).toEqual({ kind: 'mirror', folder: mirror });
  });

  test('VAULT_ENV_PROVIDER_MIRROR without the provider is an error, not a fallback', async () => {
    const empty = temporaryFolder();
    const env = { ...bareEnvironment(), VAULT_ENV_PROVIDER_MIRROR: empty };
    const { terraform } = runner({ binary: fakeTerraform({ init: 'true' }), env });
    expect(await failure(terraform.init())).toEqual({
      code: 'ProviderNotFound',
      message: expect.stringMatching(new RegExp(`^'VAULT_ENV_PROVIDER_MIRROR' must name a folder .* got: '${empty}'`)),
    });
  });

  test.each([unpacked, packed])('OpenTofu installs %s from a mirror of Terraform’s registry', async (packagePath) => {
    const mirror = writeMirror(temporaryFolder(), terraformHost, packagePath);
    const env = { ...bareEnvironment(), VAULT_ENV_PROVIDER_MIRROR: mirror };
    const { terraform, folder } = runner({ binary: fakeTerraform({ init: initWithoutNetwork }, 'OpenTofu'), env });
    await terraform.init();
    const pluginFolder = readFileSync(join(folder, 'plugin-dir'), 'utf8').replace('-plugin-dir=', '');
    expect(existsSync(join(pluginFolder, tofuHost, 'hashicorp/aws', packagePath))).toBe(true);
  });

  test('a configuration error is not taken for a missing provider', async () => {
    const optionalSoftware = writeMirror(temporaryFolder(), terraformHost, unpacked);
    const broken = "echo 'Error: Unsupported Terraform Core version' >&2; exit 1";
    const binary = fakeTerraform({ init: broken });
    const { terraform } = runner({ binary, optionalSoftwareFolders: [optionalSoftware] });
    expect(await failure(terraform.init())).toEqual({
      code: 'TerraformInitFailed',
      message: expect.stringContaining('Error: Unsupported Terraform Core version'),
    });
  });
});

describe('a registry that hangs', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const finding = '- Finding hashicorp/aws versions matching ">= 5.100.0, < 7.0.0"...';
  const installing = '- Installing hashicorp/aws v5.100.0...';
  test.each([
    ['the versions, 31 s', [finding], 31, 'Nothing came from the provider registry in 30 seconds.'],
    ['the versions, 29 s', [finding], 29, undefined],
    ['the download, 31 s', [finding, installing], 31, undefined],
    ['the download, 601 s', [finding, installing], 601, 'Nothing came from the provider download in 600 seconds.'],
    ['what comes after it, 601 s', [finding, installing, '- Installed hashicorp/aws v5.100.0'], 601, undefined],
    ['the backend, 601 s', ['Initializing the backend...'], 601, undefined],
  ])('is waited for or given up on, depending on the step: %s', (_what, lines, seconds, reason) => {
    const run = { binary: fakeTerraform({}), folder: '', env: {}, onOutput: () => undefined, interruptGraceMs: 1 };
    const watch = registryWatch(run);
    for (const line of lines) watch.run.onOutput(line);
    jest.advanceTimersByTime(seconds * 1000);
    expect([watch.gaveUp(), watch.run.signal?.aborted]).toEqual([reason, reason !== undefined]);
  });

  test('is named after five seconds', () => {
    const notes: string[] = [];
    const onOutput = (line: string) => notes.push(line);
    const watch = registryWatch({ binary: fakeTerraform({}), folder: '', env: {}, onOutput, interruptGraceMs: 1 });
    watch.run.onOutput(finding);
    jest.advanceTimersByTime(5_000);
    watch.stop();
    expect(notes).toEqual([finding, 'Waiting for the provider registry …']);
  });
});

describe('failures', () => {
  const frame = `echo '╷
│ Warning: Something else
╵
╷
│ Error: creating KMS Key
│
│   with aws_kms_key.key,
╵' >&2; exit 1`;
  test.each([
    ['apply', 'TerraformApplyFailed'],
    ['plan', 'TerraformPlanFailed'],
    ['destroy', 'TerraformDestroyFailed'],
    ['output', 'TerraformOutputFailed'],
  ] as const)('a failed %s is %s, with Terraform’s own error', async (step, code) => {
    const { terraform, folder } = runner({ binary: fakeTerraform({ [step]: frame }) });
    expect(await failure(terraform[step]())).toEqual({
      code,
      message: `'terraform ${step}' in '${folder}' must end with exit code 0, got: 1
Error: creating KMS Key

  with aws_kms_key.key,`,
    });
  });

  test('an error that fills many screens is cut to one', async () => {
    const long = 'echo "Error: many"; for i in $(seq 100); do echo "line $i"; done; exit 1';
    const { terraform } = runner({ binary: fakeTerraform({ apply: long }) });
    const { message } = await failure(terraform.apply());
    expect(message.split('\n')).toHaveLength(26);
    expect(message).toMatch(/line 23\n… \(77 more lines\)$/);
  });

  test.each(['', '{"a":', '3'])('output that is %j is TerraformOutputFailed', async (text) => {
    const { terraform } = runner({ binary: fakeTerraform({ output: `printf '%s' '${text}'` }) });
    expect(await failure(terraform.output())).toEqual({
      code: 'TerraformOutputFailed',
      message: `'output -json' must print one JSON object, got: ${JSON.stringify(text)}`,
    });
  });
});

describe('interruption', () => {
  /** Starts a child of its own, writes down both process ids, and waits. */
  const waiting = (onInterrupt: string) =>
    `${onInterrupt}; sleep 60 & echo "$$ $!" > "$\{1#-chdir=}/pids"; while :; do sleep 0.05; done`;

  async function processIds(folder: string): Promise<readonly number[]> {
    const file = join(folder, 'pids');
    while (!existsSync(file) || readFileSync(file, 'utf8') === '') {
      await delay(10);
    }
    return readFileSync(file, 'utf8').trim().split(' ').map(Number);
  }

  /** Ended; a process that nobody has waited for yet counts as ended. */
  function hasEnded(pid: number): boolean {
    try {
      return execFileSync('ps', ['-o', 'stat=', '-p', String(pid)])
        .toString()
        .startsWith('Z');
    } catch {
      return true;
    }
  }

  test.each([
    ['that listens to SIGINT', "trap 'exit 1' INT"],
    ['that ignores SIGINT', "trap '' INT"],
  ])('an abort ends a Terraform %s, and the processes it started', async (_which, onInterrupt) => {
    const abort = new AbortController();
    const binary = fakeTerraform({ apply: waiting(onInterrupt) });
    const { terraform, folder } = runner({ binary, signal: abort.signal, interruptGraceMs: 300 });
    const applying = failure(terraform.apply());
    const pids = await processIds(folder);
    abort.abort();
    expect(await applying).toEqual({ code: 'TerraformInterrupted', message: "'terraform apply' was interrupted." });
    expect(pids.map(hasEnded)).toEqual([true, true]);
  });

  test('nothing is started after an abort', async () => {
    const { terraform, folder } = runner({
      binary: fakeTerraform({ apply: 'touch "${1#-chdir=}/started"' }),
      signal: AbortSignal.abort(),
    });
    expect((await failure(terraform.apply())).code).toBe('TerraformInterrupted');
    expect(existsSync(join(folder, 'started'))).toBe(false);
  });
});

describe('environment', () => {
  const printEnvironment = fakeTerraform({ apply: 'env' });
  const users = {
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    TF_VAR_name: 'kept',
    TF_CLI_ARGS: '-json',
    TF_CLI_ARGS_apply: '-lock=false',
    TF_DATA_DIR: '/elsewhere',
    TF_WORKSPACE: 'mine',
    TF_LOG: 'trace',
    TF_LOG_PROVIDER: 'trace',
    TF_INPUT: '1',
    TF_CLI_CONFIG_FILE: 'relative.tfrc',
  };

  /** The environment that Terraform saw, without what a shell adds. */
  async function seen(options: Partial<TerraformOptions>): Promise<Record<string, string>> {
    const lines: string[] = [];
    await runner({ binary: printEnvironment, onOutput: (line) => lines.push(line), ...options }).terraform.apply();
    const pairs = lines.map((line) => line.split('=', 2) as [string, string]);
    return Object.fromEntries(pairs.filter(([name]) => /^(AWS|TF|CHECKPOINT)_|^GOGC$/.test(name)));
  }

  const always = { GOGC: '400', CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_INPUT: '0' };
  const kept = { AWS_ENDPOINT_URL: users.AWS_ENDPOINT_URL, TF_VAR_name: 'kept' };
  const configFile = { TF_CLI_CONFIG_FILE: join(process.cwd(), 'relative.tfrc') };

  test('keeps the user’s own variables, and drops those that would change a run', async () => {
    const env = { PATH: process.env.PATH, ...users };
    expect(await seen({ env })).toEqual({ ...kept, ...always, ...configFile });
  });

  test('keeps the workspace of a folder that the user deployed from', async () => {
    const env = { PATH: process.env.PATH, TF_DATA_DIR: '/elsewhere', TF_WORKSPACE: 'mine' };
    const workspace = { TF_DATA_DIR: '/elsewhere', TF_WORKSPACE: 'mine' };
    expect(await seen({ env, keepWorkspace: true })).toEqual({ ...always, ...workspace });
  });

  test('keeps the user’s tuning of the garbage collector', async () => {
    expect(await seen({ env: { PATH: process.env.PATH, GOGC: '50' } })).toEqual({ ...always, GOGC: '50' });
  });

  test('keeps a log that goes to a file', async () => {
    const log = { TF_LOG: 'trace', TF_LOG_PATH: '/tmp/terraform.log' };
    expect(await seen({ env: { PATH: process.env.PATH, ...log } })).toEqual({ ...always, ...log });
  });
});

const found = findTerraform(process.env).catch(() => undefined);

/** The real program; `terraform_data` is built into it, so that neither a provider nor a network is needed. */
describe('the real Terraform', () => {
  const isInstalled = ['terraform', 'tofu'].some((name) =>
    (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, name))),
  );
  const realTest = isInstalled ? test : test.skip;

  function stack(input: string): string {
    return JSON.stringify({
      resource: { terraform_data: { probe: { input } } },
      output: { probe: { value: `\${terraform_data.probe.output}` } },
    });
  }

  realTest('init, apply, plan, output, change and destroy, with a CLI configuration file that is missing', async () => {
    const binary = await found;
    if (binary === undefined) {
      throw new Error('Terraform is on PATH, but cannot be used.');
    }
    const { terraform, folder } = runner({
      binary,
      env: { ...bareEnvironment(), TF_CLI_CONFIG_FILE: '/nowhere/terraform.rc', TF_CLI_ARGS_plan: '-json' },
    });
    const configuration = join(folder, 'main.tf.json');
    writeFileSync(configuration, stack('first'));
    expect(await terraform.init()).toEqual({ kind: 'terraform' });
    expect(await terraform.plan()).toBe('changes');
    await terraform.apply();
    expect([await terraform.plan(), await terraform.output()]).toEqual([
      'no-changes',
      { probe: { sensitive: false, type: 'string', value: 'first' } },
    ]);
    writeFileSync(configuration, stack('second'));
    expect(await terraform.showPlan()).toMatchObject({
      resource_changes: [{ address: 'terraform_data.probe', change: { actions: ['update'] } }],
    });
    await terraform.destroy();
    expect(await terraform.output()).toEqual({});
  });

  realTest('an error comes in Terraform’s own words', async () => {
    const binary = await found;
    const { terraform, folder } = runner({ binary: binary as NonNullable<typeof binary> });
    writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ output: { probe: { value: `\${local.missing}` } } }));
    await terraform.init();
    expect(await failure(terraform.plan())).toEqual({
      code: 'TerraformPlanFailed',
      message: expect.stringContaining('Error: Reference to undeclared local value'),
    });
  });
});
