import { ToolkitError } from '../errors';
import { jsonObjectIn } from '../tool-json';
import { parseJsonDocument } from './json-document';
import type { StackOutput } from './schema';
import { validateStackOutput } from './validate';

/** Name of the stack output that becomes the config; also its construct id. */
export const OUTPUT_NAME = 'backup_environment';

/** Outputs of a deployed stack, as a tool wrote them. */
export interface OutputsSource {
  /** `terraform output -json`, or the file of `cdktf deploy --outputs-file`. */
  readonly text: string;
  /** How to call the source in a message. */
  readonly file: string;
  /** The environment whose outputs they must be. */
  readonly environment: string;
}

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * The stack output that becomes the config. Pure; the two formats are told apart by their shape.
 *
 * @throws {ToolkitError} `BrokenJson`, `NotOutputs`, `OutputMissing`, `OutputsOfAnotherStack`, `UnsupportedVersion`
 * @throws {ConfigError} `BadBackupEnvironment` with every problem of the output
 * @see https://developer.hashicorp.com/terraform/cli/commands/output
 */
export function readOutputs(source: OutputsSource): StackOutput {
  const document = parseJsonDocument(jsonObjectIn(source.text), source.file);
  if (!isObject(document)) throw notOutputs(source);
  const value = outputValue(document, source);
  requireSameEnvironment(value, source);
  return validateStackOutput(value, `${source.file} (${OUTPUT_NAME})`);
}

function outputValue(document: JsonObject, source: OutputsSource): unknown {
  const outputs = Object.values(document);
  if (outputs.length === 0) throw outputMissing(source, 'no outputs');
  if (outputs.every(isTerraformOutput)) return terraformValue(document, source);
  if (outputs.every(isObject)) return cdktfValue(document, source);
  throw notOutputs(source);
}

function terraformValue(document: JsonObject, source: OutputsSource): unknown {
  const output = document[OUTPUT_NAME];
  if (!isTerraformOutput(output)) throw outputMissing(source, namesOf(document));
  return output.value;
}

function cdktfValue(document: JsonObject, source: OutputsSource): unknown {
  const stack = document[source.environment];
  if (!isObject(stack)) throw ofAnotherStack(source, namesOf(document));
  if (!(OUTPUT_NAME in stack)) throw outputMissing(source, namesOf(stack));
  return stack[OUTPUT_NAME];
}

function requireSameEnvironment(value: unknown, source: OutputsSource): void {
  if (!isObject(value) || typeof value.environment !== 'string' || value.environment === source.environment) return;
  throw ofAnotherStack(source, value.environment);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTerraformOutput(value: unknown): value is { readonly value: unknown } {
  return isObject(value) && 'value' in value && typeof value.sensitive === 'boolean';
}

function namesOf(object: JsonObject): string {
  return Object.keys(object).join(', ') || 'no outputs';
}

function notOutputs({ file }: OutputsSource): ToolkitError {
  return new ToolkitError(
    'NotOutputs',
    `'${file}' must be the outputs of a stack, got: another JSON document\n` +
      'Write it with `terraform output -json` or `cdktf deploy --outputs-file`',
  );
}

function outputMissing({ file, environment }: OutputsSource, got: string): ToolkitError {
  return new ToolkitError(
    'OutputMissing',
    `'${file}' must hold the output '${OUTPUT_NAME}' of '${environment}', got: ${got}\n` +
      'Apply the stack first: an output exists only after terraform apply or cdktf deploy',
  );
}

function ofAnotherStack({ file, environment }: OutputsSource, got: string): ToolkitError {
  return new ToolkitError(
    'OutputsOfAnotherStack',
    `'${file}' must hold the outputs of the stack '${environment}', got: ${got}\n` +
      'Name that environment instead, or take the outputs of the right stack',
  );
}
