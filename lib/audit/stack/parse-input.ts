import { ToolkitError } from '../../errors';
import { jsonObjectIn } from '../../tool-json';
import { parseJson } from './parse-json';
import { readPlan } from './plan/read-plan';
import { readStackDocument } from './read-stack-document';
import type { StackDocument } from './stack-document';

/**
 * Reads a synthesized `cdk.tf.json`, or what `terraform show -json` wrote of a plan.
 *
 * @param file - how to call the input in a message
 * @throws {ToolkitError} `BrokenJson`; `BadStack`; `NotAPlan`; `UnsupportedPlan`
 */
export function parseInput(text: string, file: string): StackDocument {
  const json = jsonObjectIn(text);
  const document = parseJson(json, file);
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new ToolkitError('BadStack', `'${file}' must be a JSON object, got: ${text.slice(0, 20)}`);
  }
  if ('format_version' in document) return readPlan(document, file);
  // A stack is a file that Terraform reads: nothing may stand around it.
  if (json !== text) parseJson(text, file);
  if ('resource' in document || 'terraform' in document) return readStackDocument(document, file);
  throw new ToolkitError(
    'BadStack',
    `'${file}' must be a cdk.tf.json or a plan of terraform show -json, got: an object of ${Object.keys(document).slice(0, 5).join(', ') || 'nothing'}`,
  );
}
