import type { EnvironmentPolicies } from '../../../audit/policies/environment-policies';
import { readStackPolicies } from '../../../audit/policies/stack-policies';
import { parseStackDocument } from '../../../audit/stack/read-stack-document';
import { readingOf } from '../../../audit/stack/stack-reading';
import type { BackupEnvironment } from '../../../backup-environment/schema';
import { type AuditedSettings, readAuditedSettings } from './audited-settings';
import { type AuditedStack, requireStackOfConfig } from './stack-of-config';

/** The audited environment: its policies, and the settings of bucket, role and key, with the ids that AWS chose filled in. */
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
  const settings = readAuditedSettings(readingOf(document, policies), document.provider, policies.declared.host);
  return withArns({ policies, settings }, config);
}

/** A key or a trust anchor that the stack creates has its ARN only since it was applied; the config knows it. */
function withArns(audited: AuditedEnvironment, { aws, host }: BackupEnvironment): AuditedEnvironment {
  const { key, formerKeys, declared } = audited.policies;
  const anchor = declared.host.kind === 'on-premises' ? declared.host.trustAnchorArn : undefined;
  const madeUp = [anchor, key?.arn, ...formerKeys.map(({ arn }) => arn)];
  const anchorOfHost = host.kind === 'on-premises' ? host.trustAnchorArn : undefined;
  const real = [anchorOfHost, aws.keyArn, ...(aws.formerKeyArns ?? [])];
  const text = madeUp.reduce<string>(
    (written, arn, index) => (arn === undefined ? written : written.replaceAll(arn, real[index] ?? arn)),
    JSON.stringify(audited),
  );
  return JSON.parse(text);
}
