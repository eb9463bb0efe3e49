import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ToolkitError } from '../errors';

/** What to synthesize, and where to. Paths are absolute. */
export interface SynthesizeOptions {
  /** Folder of the package: it holds `stacks/main.ts`. */
  readonly root: string;
  /** Like `cdktf.out`: afterwards it holds what was synthesized and nothing else. */
  readonly outFolder: string;
  readonly environmentsFolder: string;
  /** Environments to synthesize; all when empty. */
  readonly names: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

export interface SynthesizedStack {
  readonly name: string;
  /** Where Terraform runs; it holds `cdk.tf.json`. */
  readonly folder: string;
}

/** What CDKTF writes last. */
const MANIFEST = 'manifest.json';

/**
 * Synthesizes the stacks in a child process, as the CDKTF CLI does, and removes stacks of earlier runs.
 *
 * @throws {ToolkitError} `NotAnOutputFolder`; `SynthesisFailed`; whatever the stacks report of the environments, by its own code
 */
export async function synthesize(options: SynthesizeOptions): Promise<readonly SynthesizedStack[]> {
  const { outFolder } = options;
  const isNew = !existsSync(outFolder);
  if (!isNew) requireOutputFolder(outFolder);
  options.signal.throwIfAborted();
  try {
    await runStacks(options);
    const stacks = readManifest(outFolder);
    removeOtherStacks(outFolder, stacks);
    return stacks;
  } catch (error) {
    if (isNew) rmSync(outFolder, { recursive: true, force: true });
    throw error;
  }
}

/** A folder is only cleaned out when nobody else can have put something there. */
function requireOutputFolder(folder: string): void {
  const entries = statSync(folder).isDirectory() ? readdirSync(folder) : ['a file'];
  if (entries.length === 0 || isManifest(join(folder, MANIFEST))) return;
  throw new ToolkitError(
    'NotAnOutputFolder',
    `'${folder}' must be an empty folder or hold an earlier synthesis (${MANIFEST}), got: ${entries.slice(0, 3).join(', ')}\n` +
      'Name a folder that does not exist yet with --out',
  );
}

function isManifest(file: string): boolean {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof content === 'object' && content !== null && 'stacks' in content;
  } catch {
    return false;
  }
}

async function runStacks({
  root,
  outFolder,
  environmentsFolder,
  names,
  env,
  signal,
}: SynthesizeOptions): Promise<void> {
  const tsx = pathToFileURL(createRequire(join(root, 'package.json')).resolve('tsx')).href;
  const child = spawn(process.execPath, ['--import', tsx, join('stacks', 'main.ts')], {
    cwd: root,
    env: {
      ...env,
      CDKTF_OUTDIR: outFolder,
      VAULT_ENV_ENVIRONMENTS_DIR: environmentsFolder,
      VAULT_ENV_ONLY: names.join(','),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const end = () => child.kill();
  signal.addEventListener('abort', end);
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk;
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  signal.removeEventListener('abort', end);
  signal.throwIfAborted();
  if (exitCode !== 0) throw synthesisError(exitCode, errors.trim());
}

/** `stacks/main.ts` ends with 2 and writes code and message when the fault is in the environments. */
function synthesisError(exitCode: number | null, errors: string): ToolkitError {
  const [code = '', ...message] = errors.split('\n');
  if (exitCode === 2 && /^[A-Z][A-Za-z]+$/.test(code)) return new ToolkitError(code, message.join('\n'));
  return new ToolkitError(
    'SynthesisFailed',
    `stacks must synthesize without an error, got: exit code ${exitCode}\n${errors}`,
  );
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly name: string; readonly workingDirectory: string }>>;
}

function readManifest(outFolder: string): readonly SynthesizedStack[] {
  const manifest: Manifest = JSON.parse(readFileSync(join(outFolder, MANIFEST), 'utf8'));
  return Object.values(manifest.stacks).map(({ name, workingDirectory }) => ({
    name,
    folder: join(outFolder, workingDirectory),
  }));
}

function removeOtherStacks(outFolder: string, stacks: readonly SynthesizedStack[]): void {
  const stacksFolder = join(outFolder, 'stacks');
  const current = new Set(stacks.map(({ folder }) => folder));
  for (const entry of readdirSync(stacksFolder)) {
    const folder = join(stacksFolder, entry);
    if (!current.has(folder)) rmSync(folder, { recursive: true, force: true });
  }
}
