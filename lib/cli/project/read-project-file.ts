import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../../errors';
import type { ProjectFile } from './schema';

export const PROJECT_FILE = 'vault-env.yaml';

/**
 * The project file of a folder; empty where there is none.
 *
 * @throws {ConfigError} `BadProjectFile`, with every problem of the file
 */
export function readProjectFile(folder: string): ProjectFile {
  const file = join(folder, PROJECT_FILE);
  if (!existsSync(file)) return {};
  const { readYaml } = require('../../yaml-text') as typeof import('../../yaml-text');
  const { describeSchemaIssue } = require('../../schema-issues') as typeof import('../../schema-issues');
  const { projectFileSchema } = require('./schema') as typeof import('./schema');
  const read = readYaml(readFileSync(file, 'utf8'), PROJECT_FILE);
  if ('issue' in read) throw new ConfigError('BadProjectFile', [read.issue]);
  const result = projectFileSchema.safeParse(read.content ?? {}, { reportInput: true });
  if (result.success) return result.data;
  throw new ConfigError(
    'BadProjectFile',
    result.error.issues.flatMap((issue) => describeSchemaIssue(issue, PROJECT_FILE, projectFileSchema)),
  );
}
