import { unwatchFile, watchFile } from 'node:fs';
import { ConfigError } from '../errors';
import { describeSchemaIssue } from '../schema-issues';
import type { FaultRule } from '../simulated-aws';
import { readYaml } from '../yaml-text';
import { type NamedFile, readNamedFile } from './named-file';
import { faultFileSchema } from './schema';

/** Where fault rules come from. */
export interface FaultSource {
  /** @throws {ConfigError} `BadFaults`; {ToolkitError} `FaultsNotFound` */
  readonly read: () => readonly FaultRule[];
  /** Calls back whenever the file has changed, until the function that it returns is called. */
  readonly follow: (onChange: () => void) => () => void;
}

/** Milliseconds between two looks at the file. */
const INTERVAL = 500;

/**
 * The latency of every request, and the rules of a file.
 *
 * @param file absolute path and the name that was typed; left out, there is no file
 */
export function faultSource(latencyMs: number, file?: NamedFile): FaultSource {
  const latency: readonly FaultRule[] =
    latencyMs === 0 ? [] : [{ name: '--latency', fault: { kind: 'latency', latencyMs } }];
  if (file === undefined) return { read: () => latency, follow: () => () => undefined };
  return {
    read: () => [
      ...latency,
      ...parseFaultFile(readNamedFile(file, { code: 'FaultsNotFound', content: 'fault rules' }), file.name),
    ],
    follow: (onChange) => {
      watchFile(file.path, { interval: INTERVAL }, onChange);
      return () => unwatchFile(file.path, onChange);
    },
  };
}

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
      result.error.issues.flatMap((issue) => describeSchemaIssue(issue, file, faultFileSchema)),
    );
  }
  return result.data as readonly FaultRule[];
}
