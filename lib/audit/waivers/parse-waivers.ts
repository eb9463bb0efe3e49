import { parseDocument } from 'yaml';
import { ConfigError } from '../../errors';
import { describeSchemaIssue } from '../../schema-issues';
import { type WaiversFile, waiversFileSchema } from './schema';

/**
 * Reads a file of waivers.
 *
 * @param file - how to call it in a message
 * @throws {ConfigError} `BadWaivers`, with every problem of the file
 */
export function parseWaivers(text: string, file: string): WaiversFile {
  const document = parseDocument(text, { prettyErrors: true });
  const [error] = document.errors;
  if (error !== undefined) {
    const message = `is not valid YAML: ${error.message.split('\n')[0]}`;
    throw new ConfigError('BadWaivers', [{ file, path: '', message }]);
  }
  const result = waiversFileSchema.safeParse(document.toJS(), { reportInput: true });
  if (result.success) return result.data;
  throw new ConfigError(
    'BadWaivers',
    result.error.issues.flatMap((issue) => describeSchemaIssue(issue, file)),
  );
}
