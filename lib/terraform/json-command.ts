import { ToolkitError } from '../errors';
import { parseStrictJson } from '../json-shape';
import { jsonObjectIn } from '../tool-json';
import { runTerraform, type TerraformRun, terraformFailed } from './run-terraform';

/**
 * Runs a subcommand that prints one JSON object, with or without warnings around it.
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
    return parseStrictJson(jsonObjectIn(text));
  } catch {
    return undefined;
  }
}
