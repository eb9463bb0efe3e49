import { access, constants, stat } from 'node:fs/promises';
import { delimiter, join, resolve, sep } from 'node:path';
import { runChild } from '../child-process';
import { ToolkitError } from '../errors';
import type { ProcessEnvironment } from '../process-environment';
import { terraformEnvironment } from './terraform-environment';

export type Product = 'Terraform' | 'OpenTofu';

/** A Terraform or OpenTofu that this project works with. */
export interface TerraformBinary {
  readonly path: string;
  readonly product: Product;
  /** For example `1.11.4`. */
  readonly version: string;
}

/** The first with `removed` blocks that let a resource go without destroying it. */
const minimumVersions: Readonly<Record<Product, readonly [number, number]>> = {
  Terraform: [1, 7],
  OpenTofu: [1, 10],
};

/** How long to look for a program. */
export interface FindOptions {
  readonly signal?: AbortSignal;
  /** How long the program may take to say its version. */
  readonly limitMs?: number;
}

const DEFAULT_LIMIT_MS = 30_000;
const GRACE_MS = 1_000;

/**
 * The program that `TERRAFORM_BINARY_NAME` names (a name on `PATH`, or a path); without it `terraform`, then `tofu`.
 *
 * @throws {ToolkitError} `TerraformNotFound`, `TerraformTooOld` (Terraform below 1.7, OpenTofu below 1.10),
 *   `TerraformNotUsable` for a program that is neither, or does not answer
 */
export async function findTerraform(env: ProcessEnvironment, options: FindOptions = {}): Promise<TerraformBinary> {
  const path = await locate(env);
  const binary = await identify(path, env, options);
  const [major, minor] = minimumVersions[binary.product];
  if (!isAtLeast(binary.version, [major, minor])) {
    throw new ToolkitError(
      'TerraformTooOld',
      `'${path}' must be ${binary.product} ${major}.${minor} or newer, got: ${binary.version}. Install a newer one, or name another with TERRAFORM_BINARY_NAME.`,
    );
  }
  return binary;
}

async function locate(env: ProcessEnvironment): Promise<string> {
  const names = env.TERRAFORM_BINARY_NAME ? [env.TERRAFORM_BINARY_NAME] : ['terraform', 'tofu'];
  for (const name of names) {
    const path = await findExecutable(env, name);
    if (path !== undefined) {
      return path;
    }
  }
  throw notFound(names, env.TERRAFORM_BINARY_NAME !== undefined);
}

async function identify(path: string, env: ProcessEnvironment, options: FindOptions): Promise<TerraformBinary> {
  const stdout = await askVersion(path, env, options);
  const [, product, version] = /^(Terraform|OpenTofu) v(\d+\.\d+\.\d+)/m.exec(stdout) ?? [];
  if (product === undefined || version === undefined) {
    throw notUsable(path, JSON.stringify(stdout.split('\n')[0]));
  }
  return { path, product: product === 'OpenTofu' ? 'OpenTofu' : 'Terraform', version };
}

async function askVersion(
  path: string,
  env: ProcessEnvironment,
  { signal, limitMs = DEFAULT_LIMIT_MS }: FindOptions,
): Promise<string> {
  const limit = AbortSignal.timeout(limitMs);
  const { stdout } = await runChild({
    program: path,
    args: ['version'],
    env: terraformEnvironment(env),
    signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    graceMs: GRACE_MS,
  }).catch((error: unknown) => {
    throw notUsable(path, String(error));
  });
  signal?.throwIfAborted();
  if (limit.aborted) throw notUsable(path, `no answer within ${limitMs / 1000} seconds`);
  return stdout;
}

function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

function notFound(names: readonly string[], isNamed: boolean): ToolkitError {
  const subject = names.map((name) => `'${name}'`).join(' or ');
  const fix = isNamed
    ? 'Correct TERRAFORM_BINARY_NAME, or unset it to use terraform or tofu.'
    : 'Install Terraform 1.7 or newer (https://developer.hashicorp.com/terraform/install) or OpenTofu 1.10 or newer, or name its path with TERRAFORM_BINARY_NAME.';
  return new ToolkitError('TerraformNotFound', `${subject} must be a program on PATH, got: none. ${fix}`);
}

function notUsable(path: string, got: string): ToolkitError {
  return new ToolkitError(
    'TerraformNotUsable',
    `'${path}' must answer 'version' as Terraform or OpenTofu does, got: ${got}. Name another program with TERRAFORM_BINARY_NAME.`,
  );
}

/** Full path of a program, looked up on `PATH` unless the name is a path itself; `undefined` when there is none. */
async function findExecutable(env: ProcessEnvironment, name: string): Promise<string | undefined> {
  for (const candidate of candidatePaths(env, name)) {
    if (await isExecutable(candidate)) {
      return candidate;
    }
  }
  return undefined;
}

function candidatePaths(env: ProcessEnvironment, name: string): readonly string[] {
  if (name.includes('/') || name.includes(sep)) {
    return withExtensions(resolve(name));
  }
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => withExtensions(join(folder, name)));
}

function withExtensions(path: string): readonly string[] {
  return process.platform === 'win32' ? [`${path}.exe`, path] : [path];
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
