import { ToolkitError } from '../errors';
import { runTerraform, type TerraformRun, terraformFailed } from './run-terraform';

/**
 * Runs a subcommand whose stdout is one JSON object. Warnings go to stderr and are not part of it.
 *
 * @throws {ToolkitError} with this code, also when the answer is no JSON object
 */
export async function runJsonCommand(run: TerraformRun, args: readonly string[], code: string): Promise<object> {
  const quiet = { ...run, onOutput: () => undefined };
  const result = await runTerraform(quiet, args);
  if (result.exitCode !== 0) {
    throw terraformFailed(run, { code, args, result });
  }
  const value = parse(result.stdout);
  if (typeof value !== 'object' || value === null) {
    const got = JSON.stringify(result.stdout.slice(0, 200));
    throw new ToolkitError(code, `'${args[0]} -json' must print one JSON object, got: ${got}`);
  }
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
