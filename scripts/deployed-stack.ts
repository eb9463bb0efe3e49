import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readTextFile } from '../lib/cli/text-file';
import { ToolkitError } from '../lib/errors';
import type { Context } from './verb';

type AskingContext = Pick<Context, 'env' | 'signal'>;

/**
 * The bytes of the synthesized stack.
 *
 * @throws {ToolkitError} `StackNotFound`
 */
export function readStack(folder: string): Uint8Array {
  const file = join(folder, 'cdk.tf.json');
  if (existsSync(file)) return readFileSync(file);
  throw new ToolkitError(
    'StackNotFound',
    `'${folder}' must hold a synthesized stack (cdk.tf.json), got: ${stacksBeside(folder)}\n` +
      `Run vault-env synth ${basename(folder)} first, or name the folder with --stack`,
  );
}

/** Where outputs are: a file, or a folder in which Terraform is asked. */
export interface OutputsPlace {
  readonly path: string;
  /** As it was typed. */
  readonly name: string;
}

/**
 * The text of a file of outputs, or what Terraform answers in a folder.
 *
 * @throws {ToolkitError} `OutputsNotFound`, `StackNotDeployed`; what keeps Terraform from answering
 */
export async function readOutputsText({ path, name }: OutputsPlace, context: AskingContext): Promise<string> {
  if (existsSync(path) && statSync(path).isDirectory()) return askTerraform({ path, name }, context);
  const fix = 'Write it with `terraform output -json` or `cdktf deploy --outputs-file`';
  return readTextFile({ path, name, code: 'OutputsNotFound', fix });
}

async function askTerraform({ path: folder, name }: OutputsPlace, { env, signal }: AskingContext): Promise<string> {
  const { createTerraform, findTerraform } = require('../lib/terraform') as typeof import('../lib/terraform');
  const terraform = createTerraform({
    binary: await findTerraform(env, { signal }),
    folder,
    env,
    signal,
    keepWorkspace: true,
  });
  try {
    return JSON.stringify(await terraform.output());
  } catch (error) {
    throw wantsInit(error) ? notDeployed(name, error) : error;
  }
}

/** Whether Terraform has never worked in the folder, of which it tells in twenty lines. Of a backend that was changed it says otherwise. */
function wantsInit(error: unknown): boolean {
  if (!(error instanceof ToolkitError)) return false;
  const { message } = error;
  return /^Error: Backend initialization required/m.test(message) && /Reason: Initial configuration/.test(message);
}

function notDeployed(name: string, cause: unknown): ToolkitError {
  return new ToolkitError(
    'StackNotDeployed',
    `'${name}' must be the folder in which the stack was deployed, got: terraform init was never run there\n` +
      'Run terraform init and terraform apply in it, or name a file of the outputs with --from',
    { cause },
  );
}

function stacksBeside(folder: string): string {
  const beside = dirname(folder);
  if (!existsSync(beside)) return 'no such folder';
  const stacks = readdirSync(beside).filter((name) => existsSync(join(beside, name, 'cdk.tf.json')));
  return stacks.length === 0 ? 'no stack' : `stacks ${stacks.join(', ')}`;
}
