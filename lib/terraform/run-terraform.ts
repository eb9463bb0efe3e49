import { type ChildResult, runChild } from '../child-process';
import { ToolkitError } from '../errors';
import type { ProcessEnvironment } from '../process-environment';
import { errorBlock } from './error-block';
import type { TerraformBinary } from './terraform-binary';

/** The settings that every run in one folder shares. */
export interface TerraformRun {
  readonly binary: TerraformBinary;
  readonly folder: string;
  /** As {@link terraformEnvironment} made it. */
  readonly env: ProcessEnvironment;
  /** Each line that Terraform prints, and what the runner itself has to say. */
  readonly onOutput: (line: string) => void;
  readonly interruptGraceMs: number;
  readonly signal?: AbortSignal;
}

/**
 * Runs one subcommand in the folder.
 *
 * @throws {ToolkitError} `TerraformInterrupted` when the signal ended it
 */
export async function runTerraform(run: TerraformRun, args: readonly string[]): Promise<ChildResult> {
  throwIfInterrupted(run, args);
  const result = await runChild({
    program: run.binary.path,
    args: [`-chdir=${run.folder}`, ...args],
    env: run.env,
    onLine: run.onOutput,
    graceMs: run.interruptGraceMs,
    ...(run.signal === undefined ? {} : { signal: run.signal }),
  });
  throwIfInterrupted(run, args);
  return result;
}

/** A failed subcommand as an error for people, with Terraform's own words. */
export function terraformFailed(
  run: TerraformRun,
  failure: { readonly code: string; readonly args: readonly string[]; readonly result: ChildResult },
): ToolkitError {
  const { stdout, stderr, exitCode } = failure.result;
  const words = errorBlock(/Error: /.test(stderr) ? stderr : `${stdout}\n${stderr}`);
  return new ToolkitError(
    failure.code,
    `'${commandName(run, failure.args)}' in '${run.folder}' must end with exit code 0, got: ${exitCode}\n${words}`,
  );
}

function throwIfInterrupted(run: TerraformRun, args: readonly string[]): void {
  if (run.signal?.aborted) {
    throw new ToolkitError('TerraformInterrupted', `'${commandName(run, args)}' was interrupted.`);
  }
}

function commandName(run: TerraformRun, args: readonly string[]): string {
  return `${run.binary.product === 'OpenTofu' ? 'tofu' : 'terraform'} ${args[0]}`;
}
