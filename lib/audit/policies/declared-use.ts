import { type Arguments, badStack, requireObject } from '../stack/arguments';
import type { StackDocument } from '../stack/stack-document';
import { readDeclaredHost } from './declared-host';
import { readDeclaredKept } from './declared-kept';
import type { DeclaredUse } from './environment-policies';

const AT = "'output.backup_environment'";

/** @throws {ToolkitError} `BadStack` */
export function readEnvironmentName(stack: StackDocument): string {
  const { environment } = readOutput(stack);
  if (typeof environment === 'string') return environment;
  throw badStack(`${AT}: 'environment'`, 'must be text', environment);
}

/**
 * Reads the environment's use from the stack's one output: its capabilities, its encryption and its host.
 *
 * @throws {ToolkitError} `BadStack`
 */
export function readDeclaredUse(stack: StackDocument): DeclaredUse {
  const output = readOutput(stack);
  const { form, permissions, aws } = output;
  const { encryption } = requireObject(form, `${AT}: 'form'`);
  const { capabilities } = requireObject(permissions, `${AT}: 'permissions'`);
  if (encryption !== 'AES-256' && encryption !== 'AWS-KMS') {
    throw badStack(`${AT}: 'form.encryption'`, 'must be AES-256 or AWS-KMS', encryption);
  }
  if (!Array.isArray(capabilities)) throw badStack(`${AT}: 'permissions.capabilities'`, 'must be a list', capabilities);
  const { formerKeyArns } = requireObject(aws ?? {}, `${AT}: 'aws'`);
  const kept = readDeclaredKept(stack);
  return {
    method: encryption,
    capabilities: capabilities.map(String),
    host: readDeclaredHost(output),
    ...(kept.length > 0 && { kept }),
    ...(Array.isArray(formerKeyArns) && { formerKeyArns: formerKeyArns.map(String) }),
  };
}

function readOutput({ outputs }: StackDocument): Arguments {
  return requireObject(outputs.find(({ name }) => name === 'backup_environment')?.value, AT);
}
