import type { DeclaredUse } from './environment-policies';
import { badStack, requireObject, type StackDocument } from './stack-document';

const AT = "'output.backup_environment'";

/**
 * What the stack's one output says of the environment: its name, its capabilities and its encryption.
 *
 * @throws {ToolkitError} `BadStack`
 */
export function readDeclaredUse({ outputs }: StackDocument): DeclaredUse & { readonly environment: string } {
  const { value } = requireObject(outputs.backup_environment, AT);
  const { environment, form, permissions } = requireObject(value, AT);
  const { encryption } = requireObject(form, `${AT}: 'form'`);
  const { capabilities } = requireObject(permissions, `${AT}: 'permissions'`);
  if (typeof environment !== 'string') throw badStack(`${AT}: 'environment'`, 'must be text', environment);
  if (encryption !== 'AES-256' && encryption !== 'AWS-KMS') {
    throw badStack(`${AT}: 'form.encryption'`, 'must be AES-256 or AWS-KMS', encryption);
  }
  if (!Array.isArray(capabilities)) throw badStack(`${AT}: 'permissions.capabilities'`, 'must be a list', capabilities);
  return { environment, method: encryption, capabilities: capabilities.map(String) };
}
