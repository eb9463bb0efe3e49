import { ConfigError, ToolkitError } from '../errors';
import { describeSchemaIssue } from '../schema-issues';
import { RULES } from './rules';
import {
  BACKUP_ENVIRONMENT_VERSION,
  type BackupEnvironment,
  backupEnvironmentSchema,
  type StackOutput,
  stackOutputSchema,
} from './schema';

/**
 * The value as a config.
 *
 * @param file - how to call the document in a message
 * @throws {ToolkitError} `UnsupportedVersion`
 * @throws {ConfigError} `BadBackupEnvironment` with every problem
 */
export function validateBackupEnvironment(value: unknown, file: string): BackupEnvironment {
  return validate(backupEnvironmentSchema, value, file);
}

/**
 * The value as the stack output that becomes a config.
 *
 * @param file - how to call the document in a message
 * @throws {ToolkitError} `UnsupportedVersion`
 * @throws {ConfigError} `BadBackupEnvironment` with every problem
 */
export function validateStackOutput(value: unknown, file: string): StackOutput {
  return validate(stackOutputSchema, value, file);
}

type Schema = typeof backupEnvironmentSchema | typeof stackOutputSchema;

function validate<S extends Schema>(schema: S, value: unknown, file: string): S['_output'] {
  requireSupportedVersion(value, file);
  const result = schema.safeParse(value, { reportInput: true });
  if (!result.success)
    throw badBackupEnvironment(result.error.issues.flatMap((issue) => describeSchemaIssue(issue, file)));
  const broken = RULES.flatMap((rule) => rule(result.data) ?? []);
  if (broken.length > 0) throw badBackupEnvironment(broken.map((issue) => ({ file, ...issue })));
  return result.data;
}

function badBackupEnvironment(issues: ConfigError['issues']): ConfigError {
  return new ConfigError('BadBackupEnvironment', issues);
}

function requireSupportedVersion(value: unknown, file: string): void {
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined;
  if (version === undefined || version === BACKUP_ENVIRONMENT_VERSION) return;
  throw new ToolkitError(
    'UnsupportedVersion',
    `'version' of ${file} must be ${BACKUP_ENVIRONMENT_VERSION}, got: ${JSON.stringify(version)}\n` +
      'Write the document again with this release: vault-env synth, apply, vault-env emit <environment>',
  );
}
