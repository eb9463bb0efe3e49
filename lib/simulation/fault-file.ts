import { parseDocument } from 'yaml';
import { ConfigError, type Issue } from '../errors';
import { describeSchemaIssue } from '../schema-issues';
import type { FaultRule } from '../simulated-aws';
import { faultFileSchema } from './schema';

/**
 * The rules of a fault file, in YAML or JSON. Pure.
 *
 * @param file how to call the file in a message
 * @throws {ConfigError} `BadFaults` with every problem of the file
 */
export function parseFaultFile(text: string, file: string): readonly FaultRule[] {
  const document = parseDocument(text, { prettyErrors: true });
  if (document.errors.length > 0)
    throw new ConfigError(
      'BadFaults',
      document.errors.map((error) => badYaml(error, file)),
    );
  const result = faultFileSchema.safeParse(document.toJS() ?? [], { reportInput: true });
  if (!result.success) {
    throw new ConfigError(
      'BadFaults',
      result.error.issues.flatMap((issue) => describeSchemaIssue(issue, file)),
    );
  }
  return result.data as readonly FaultRule[];
}

function badYaml({ message }: Error, file: string): Issue {
  return { file, path: '', message: `is not valid YAML: ${message.split('\n')[0]}` };
}
