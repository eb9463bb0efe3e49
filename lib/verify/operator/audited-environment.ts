import type { EnvironmentPolicies } from '../../audit/environment-policies';
import { parseStackDocument } from '../../audit/stack-document';
import { readStackPolicies } from '../../audit/stack-policies';
import { readingOf } from '../../audit/stack-reading';
import type { BackupEnvironment } from '../../backup-environment/schema';
import { type AuditedSettings, readAuditedSettings } from './audited-settings';
import { type AuditedStack, requireStackOfConfig } from './stack-of-config';

/** What was audited: the policies, and the settings of bucket, role and key, with the ids that AWS chose filled in. */
export interface AuditedEnvironment {
  readonly policies: EnvironmentPolicies;
  readonly settings: AuditedSettings;
}

/**
 * Reads what was audited from the stack that the config came from.
 *
 * @throws {ToolkitError} `StackOfAnotherSynthesis`; what keeps the stack from being read
 */
export function readAuditedEnvironment(stack: AuditedStack, config: BackupEnvironment): AuditedEnvironment {
  requireStackOfConfig(stack, config);
  const policies = readStackPolicies(stack.text, stack.file);
  const document = parseStackDocument(stack.text, stack.file);
  const settings = readAuditedSettings(readingOf(document, policies), document.provider);
  return withKey({ policies, settings }, config.aws.keyArn);
}

/** A key that the stack creates has its ARN only since it was applied; the config knows it. */
function withKey(audited: AuditedEnvironment, keyArn: string | undefined): AuditedEnvironment {
  const madeUp = audited.policies.key?.arn;
  if (madeUp === undefined || keyArn === undefined) return audited;
  return JSON.parse(JSON.stringify(audited).replaceAll(madeUp, keyArn));
}
