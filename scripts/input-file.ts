import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ReadInput } from '../lib/audit/report/audit-report';
import { readTextFile } from '../lib/cli/text-file';
import { ToolkitError } from '../lib/errors';
import type { Context } from './verb';

/** An input, and how reports and messages call it. */
export interface InputText {
  readonly kind: ReadInput['kind'];
  readonly file: string;
  readonly text: string;
}

/** A plan of a backup environment takes kilobytes; one larger than this would take gigabytes to read. */
const MOST_MEBIBYTES = 64;

const FIX = 'Name an environment, a folder like cdktf.out, a cdk.tf.json or a plan';
const FIXES: Partial<Record<ReadInput['kind'], string>> = {
  waivers: 'Name a YAML file of waivers with --waivers',
  baseline: 'Name a report that audit --format json wrote with --baseline, or a folder with a <name>.json',
};

/** @throws {ToolkitError} `InputNotFound`; `InputTooLarge`; whatever keeps it from being read */
export function readInputFile(name: string, kind: InputText['kind'], { folder }: Context): InputText {
  const path = resolve(folder, name);
  const bytes = existsSync(path) ? statSync(path).size : 0;
  const mebibytes = bytes / 1024 / 1024;
  if (mebibytes > MOST_MEBIBYTES) {
    throw new ToolkitError(
      'InputTooLarge',
      `'${name}' must be at most ${MOST_MEBIBYTES} MiB, got: ${Math.ceil(mebibytes)} MiB\n` +
        'Plan the backup environment in a configuration of its own',
    );
  }
  return { kind, file: name, text: readTextFile({ path, name, code: 'InputNotFound', fix: FIXES[kind] ?? FIX }) };
}

export function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
