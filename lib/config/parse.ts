import { parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Issue } from '../errors';
import type { Environment } from './environment';
import { partitionOf } from './partition';
import { RULES } from './rules';
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
  const result = environmentFileSchema.safeParse(document.toJS(), { reportInput: true });
  if (!result.success) {
    return { issues: [...nameIssues(name, file), ...result.error.issues.flatMap((issue) => describe(issue, file))] };
  }
  return applyRules({ ...result.data, name, partition: partitionOf(result.data.region) ?? 'aws' }, file);
}

function applyRules(environment: Environment, file: string): Parsed {
  const broken = RULES.flatMap((rule) => rule(environment) ?? []);
  const issues = [...nameIssues(environment.name, file), ...broken.map((issue) => ({ file, ...issue }))];
  return issues.length > 0 ? { issues } : { environment };
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
  const sentence = issue.message.replace(/^Invalid input: expected /, 'must be ').replace(/, received .*$/, '');
  return sentence.replace(/^Invalid option: expected one of /, 'must be one of ');
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
