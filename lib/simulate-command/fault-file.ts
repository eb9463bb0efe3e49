import { ConfigError } from '../errors';
import { describeSchemaIssue } from '../schema-issues';
import type { FaultRule } from '../simulated-aws';
import { readYaml } from '../yaml-text';
import { faultFileSchema } from './schema';

/**
 * The rules of a fault file, in YAML or JSON. Pure.
 *
 * @param file how to call the file in a message
 * @throws {ConfigError} `BadFaults` with every problem of the file
 */
export function parseFaultFile(text: string, file: string): readonly FaultRule[] {
  const read = readYaml(text, file);
  if ('issue' in read) throw new ConfigError('BadFaults', [read.issue]);
  const result = faultFileSchema.safeParse(read.content ?? [], { reportInput: true });
  if (!result.success) {
    throw new ConfigError(
      'BadFaults',
      result.error.issues.flatMap((issue) => describeSchemaIssue(issue, file)),
    );
  }
  return result.data as readonly FaultRule[];
}
