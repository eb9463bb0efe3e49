import type { Issue } from '../errors';
import { describeSchemaIssue } from '../schema-issues';
import { readYaml } from '../yaml-text';
import { atItsSource, type SharedDefaults, withDefaults } from './defaults-file';
import type { Environment } from './environment';
import { ENVIRONMENT_NAME_RULE, isEnvironmentName, nameIn } from './environment-name';
import { type Partition, partitionOf } from './partition';
import type { RuleIssue } from './rule';
import { RULES } from './rules';
import { environmentFileSchema } from './schema';

/** The result of reading one file: the environment, or all of its problems. */
export type Parsed = { readonly environment: Environment } | { readonly issues: readonly Issue[] };

/**
 * Turns the text of one environment file into an environment. Pure.
 *
 * @param name - the file's name without its ending
 * @param file - how to call the file in a message
 * @param defaults - what the environments of the folder share
 */
export function parseEnvironment(text: string, name: string, file: string, defaults?: SharedDefaults): Parsed {
  const read = readYaml(text, file);
  if ('issue' in read) return { issues: [read.issue] };
  const content = withDefaults(read.content, defaults);
  const given = nameIn(content);
  const named = given ?? name;
  const result = environmentFileSchema.safeParse(content, { reportInput: true });
  const issues = [
    ...(given === undefined ? nameIssues(name, file) : []),
    ...(result.error?.issues ?? []).flatMap((issue) => describeSchemaIssue(issue, file, environmentFileSchema)),
    ...brokenRules({
      ...(result.success ? withPartition({ ...result.data, name: named }) : soundKeys(content)),
      name: named,
    }).map((issue) => ({
      file,
      ...issue,
    })),
  ];
  if (!result.success || issues.length > 0)
    return { issues: issues.map((issue) => atItsSource(issue, read.content, defaults)) };
  return {
    environment: { ...result.data, name: named, partition: requirePartition(result.data.region) },
  };
}

/** The keys that are right by themselves, so that rules can be asked although others are wrong. */
function soundKeys(content: unknown): Partial<Environment> {
  if (typeof content !== 'object' || content === null) return {};
  const values = new Map(Object.entries(content));
  const sound = Object.entries(environmentFileSchema.shape).flatMap(([key, schema]) => {
    const parsed = schema.safeParse(values.get(key));
    return parsed.success ? [[key, parsed.data]] : [];
  });
  const keys: Partial<Environment> = Object.fromEntries(sound);
  return withPartition(keys);
}

function withPartition(keys: Partial<Environment>): Partial<Environment> {
  return keys.region === undefined ? keys : { ...keys, partition: requirePartition(keys.region) };
}

function brokenRules(keys: Partial<Environment>): readonly RuleIssue[] {
  const askable = RULES.filter(({ reads }) => reads.every((key) => keys[key] !== undefined));
  return askable.flatMap(({ check }) => check(keys as Environment) ?? []);
}

function requirePartition(region: string): Partition {
  const partition = partitionOf(region);
  if (partition === undefined) throw new Error(`the schema let the region '${region}' of no partition through`);
  return partition;
}

function nameIssues(name: string, file: string): readonly Issue[] {
  if (isEnvironmentName(name)) return [];
  return [{ file, path: '', message: `must be named with ${ENVIRONMENT_NAME_RULE}, got: ${name}` }];
}
