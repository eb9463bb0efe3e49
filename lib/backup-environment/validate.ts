import { ConfigError, ToolkitError } from '../errors';
import { describeSchemaIssue } from '../schema-issues';
import { RULES } from './rules';
import { type BackupEnvironment, backupEnvironmentSchema, type StackOutput, stackOutputSchema } from './schema';
import { sumOfConfig } from './sum';
import { backupEnvironmentVersion1Schema, stackOutputVersion1Schema } from './version-1/schema';
import { isVersion1, upgradeVersion1 } from './version-1/upgrade';

const VERSIONS: readonly unknown[] = [1, 2];

/**
 * The value as a config.
 *
 * @param file - how to call the document in a message
 * @throws {ToolkitError} `UnsupportedVersion`; `ConfigChanged` where it carries a sum that is not its own
 * @throws {ConfigError} `BadBackupEnvironment` with every problem
 */
export function validateBackupEnvironment(value: unknown, file: string): BackupEnvironment {
  requireSupportedVersion(value, file);
  const config = isVersion1(value)
    ? upgradeVersion1(parse(backupEnvironmentVersion1Schema, value, file))
    : parse(backupEnvironmentSchema, value, file);
  requireRules(config, file);
  requireOwnSum(config, file);
  return config;
}

/**
 * The value as the stack output that becomes a config.
 *
 * @param file - how to call the document in a message
 * @throws {ToolkitError} `UnsupportedVersion`
 * @throws {ConfigError} `BadBackupEnvironment` with every problem
 */
export function validateStackOutput(value: unknown, file: string): StackOutput {
  requireSupportedVersion(value, file);
  const output = isVersion1(value)
    ? upgradeVersion1(parse(stackOutputVersion1Schema, value, file))
    : parse(stackOutputSchema, value, file);
  requireRules(output, file);
  return output;
}

function requireRules(document: StackOutput, file: string): void {
  const broken = RULES.flatMap((rule) => rule(document) ?? []);
  if (broken.length > 0) throw badBackupEnvironment(broken.map((issue) => ({ file, ...issue })));
}

function requireOwnSum(config: BackupEnvironment, file: string): void {
  const { configSha256: expected } = config.evidence;
  const found = sumOfConfig(config);
  if (expected === undefined || expected === found) return;
  throw new ToolkitError(
    'ConfigChanged',
    `'${file}' must be as it was written (its 'evidence.configSha256' is ${expected}), got: a document whose sum is ${found}\n` +
      `Write it again with vault-env emit ${config.environment}, and change the environment file instead`,
  );
}

type Schema =
  | typeof backupEnvironmentSchema
  | typeof stackOutputSchema
  | typeof backupEnvironmentVersion1Schema
  | typeof stackOutputVersion1Schema;

function parse<S extends Schema>(schema: S, value: unknown, file: string): S['_output'] {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  throw badBackupEnvironment(result.error.issues.flatMap((issue) => describeSchemaIssue(issue, file, schema)));
}

function badBackupEnvironment(issues: ConfigError['issues']): ConfigError {
  return new ConfigError('BadBackupEnvironment', issues);
}

function requireSupportedVersion(value: unknown, file: string): void {
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined;
  if (version === undefined || VERSIONS.includes(version)) return;
  throw new ToolkitError(
    'UnsupportedVersion',
    `'version' of ${file} must be ${VERSIONS.join(' or ')}, got: ${JSON.stringify(version)}\n` +
      'Write the document again with this release: vault-env synth, apply, vault-env emit <environment>',
  );
}
