import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SynthesizedStack } from '../lib/synthesis/output-folder';
import { auditStack, keep } from './audit-one';
import { type Context, shortPath } from './verb';

const SETTINGS_FILE = '.checkov.yaml';

interface ScannerOptions {
  readonly stacks: readonly SynthesizedStack[];
  readonly environments: string;
  readonly waivers?: string | undefined;
  /** The day that waivers are held against, as `YYYY-MM-DD`. */
  readonly asOf: string;
}

/**
 * Writes, beside each stack, settings with which checkov is silent about what the audit of that stack answers. A file that
 * somebody else wrote stays.
 *
 * @throws {ToolkitError} whatever keeps a stack or the waivers from being read
 */
export async function writeCheckovSettings(options: ScannerOptions, context: Context): Promise<void> {
  const { loadCatalogue } = require('../lib/catalogue') as typeof import('../lib/catalogue');
  const { CHECKOV_SETTINGS_HEAD, checkovSettings } =
    require('../lib/audit/reports/checkov-settings') as typeof import('../lib/audit/reports/checkov-settings');
  const catalogue = await loadCatalogue();
  for (const { folder } of options.stacks) {
    const file = join(folder, SETTINGS_FILE);
    if (existsSync(file) && !readFileSync(file, 'utf8').startsWith(CHECKOV_SETTINGS_HEAD)) {
      context.io.note(`left ${shortPath(file, context.folder)}: it is not one that synthesis wrote\n`);
      continue;
    }
    const { report } = await auditStack({ ...options, input: folder, format: 'text' }, catalogue, context);
    await keep(checkovSettings(report), file);
  }
}
