import { parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Issue } from '../errors';
import type { Environment } from './environment';
import { type Partition, partitionOf } from './partition';
import { RULES, type RuleIssue } from './rules';
import { environmentFileSchema } from './schema';

/** What became of one file: the environment, or everything that is wrong with it. */
export type Parsed = { readonly environment: Environment } | { readonly issues: readonly Issue[] };

/** Longest name whose role (`vault-backup-<name>`) fits IAM's 64 characters. */
const NAME_LIMIT = 40;

/**
 * Turns the text of one environment file into an environment. Pure.
 *
 * @param name - the file's name without its ending
 * @param file - how to call the file in a message
 */
export function parseEnvironment(text: string, name: string, file: string): Parsed {
  const document = parseDocument(text, { prettyErrors: true });
  if (document.errors.length > 0) {
    return {
      issues: document.errors.map((error) => ({
        file,
        path: '',
        message: `is not valid YAML: ${firstLine(error.message)}`,
      })),
    };
  }
  const content: unknown = document.toJS();
  const result = environmentFileSchema.safeParse(content, { reportInput: true });
  const issues = [
    ...nameIssues(name, file),
    ...(result.error?.issues ?? []).flatMap((issue) => describe(issue, file)),
    ...brokenRules({ ...soundKeys(content), name }).map((issue) => ({ file, ...issue })),
  ];
  if (!result.success || issues.length > 0) return { issues };
  return { environment: { ...result.data, name, partition: requirePartition(result.data.region) } };
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
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) && name.length <= NAME_LIMIT) return [];
  const rule = `must be named with lowercase letters, digits and single hyphens, ${NAME_LIMIT} characters at most`;
  return [{ file, path: '', message: `${rule}: the name is part of the role's name, got: ${name}` }];
}

function describe(issue: z.core.$ZodIssue, file: string): readonly Issue[] {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      file,
      path: [...issue.path, key].join('.'),
      message: 'is not a key of an environment file; look at its spelling',
    }));
  }
  if (issue.input === undefined && path !== '') return [{ file, path, message: `is required: ${expectation(issue)}` }];
  return [{ file, path, message: `${expectation(issue)}, got: ${JSON.stringify(issue.input) ?? 'nothing'}` }];
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`;
  if (issue.code === 'invalid_type' && issue.path.length === 0)
    return 'must hold the keys of an environment, one a line';
  return issue.message
    .replace(/^Too (?:small|big): expected \w+ to /, 'must ')
    .replace(/^Invalid input: expected /, 'must be ')
    .replace(/, received .*$/, '');
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
