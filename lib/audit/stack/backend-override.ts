import { requireObject } from './arguments';
import { parseJson } from './parse-json';
import type { StackDocument } from './stack-document';
import { readBackend } from './terraform-block';

/** The file in which an operator names a shared backend, beside a stack. */
export const BACKEND_OVERRIDE = 'backend_override.tf.json';

/**
 * The stack with the backend that an override file names, which takes the place of the stack's own. What else the file
 * says is a doubt.
 *
 * @param file - how to call it in a message
 * @throws {ToolkitError} `BrokenJson`; `BadStack`
 * @see https://developer.hashicorp.com/terraform/language/files/override
 */
export function withBackendOverride(stack: StackDocument, text: string, file: string): StackDocument {
  const { terraform, '//': _comment, ...others } = requireObject(parseJson(text, file), `'${file}'`);
  const { backend, cloud, ...more } = requireObject(terraform ?? {}, `'${file}': 'terraform'`);
  const unread = [...Object.keys(others), ...Object.keys(more).map((name) => `terraform.${name}`)];
  const named = backend !== undefined || cloud !== undefined;
  return {
    ...stack,
    ...(named && { backend: readBackend({ backend, cloud }) }),
    doubts: [...stack.doubts, ...unread.map((name) => `'${file}' has '${name}', which is not read`)],
  };
}
