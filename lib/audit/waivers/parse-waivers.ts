import { ConfigError } from '../../errors';
import { describeSchemaIssue } from '../../schema-issues';
import { readYaml } from '../../yaml-text';
import { type WaiversFile, waiversFileSchema } from './schema';

/**
 * Reads a file of waivers.
 *
 * @param file - how to call it in a message
 * @throws {ConfigError} `BadWaivers`, with every problem of the file
 */
export function parseWaivers(text: string, file: string): WaiversFile {
  const read = readYaml(text, file);
  if ('issue' in read) throw new ConfigError('BadWaivers', [read.issue]);
  const result = waiversFileSchema.safeParse(read.content, { reportInput: true });
  if (result.success) return result.data;
  throw new ConfigError(
    'BadWaivers',
    result.error.issues.flatMap((issue) => describeSchemaIssue(issue, file, waiversFileSchema)),
  );
}
