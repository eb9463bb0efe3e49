import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BackupEnvironment } from '../lib/backup-environment';
import { UsageError } from '../lib/errors';
import type { Verification } from '../lib/verify/result/verification';
import { type Context, jsonText } from './verb';

/** The files that receive what a verification found, as they were typed. */
export interface KeepChoice {
  /** Path of the config, which none of them may be. */
  readonly config: string;
  readonly out?: string | undefined;
  readonly evidence?: string | undefined;
}

/** Before the run: what it finds must not be lost for a file that cannot be written. */
export async function tryFiles({ config, out, evidence }: KeepChoice, { folder }: Context): Promise<void> {
  const { tryNamedFile } = require('../lib/backup-environment') as typeof import('../lib/backup-environment');
  if (out !== undefined) {
    const file = resolve(folder, out);
    if (isSameFile(file, resolve(folder, config))) {
      throw new UsageError('BadArguments', `'--out' must be another file than the config, got: ${out}`);
    }
    await tryNamedFile(file);
  }
  if (evidence !== undefined) await tryEvidence(resolve(folder, evidence));
}

async function tryEvidence(folder: string): Promise<void> {
  const { tryToAdd } = require('../lib/evidence') as typeof import('../lib/evidence');
  await tryToAdd(folder);
}

function isSameFile(one: string, other: string): boolean {
  if (!existsSync(one) || !existsSync(other)) return false;
  const [found, wanted] = [statSync(one, { bigint: true }), statSync(other, { bigint: true })];
  return found.ino === wanted.ino && found.dev === wanted.dev;
}

/** Each file is written, whatever becomes of the other. */
export async function keepAll(
  config: BackupEnvironment,
  verification: Verification,
  { choice: { evidence, out }, context }: { readonly choice: KeepChoice; readonly context: Context },
): Promise<void> {
  const kept = await Promise.allSettled([
    evidence === undefined ? undefined : keepAsEvidence(config, verification, { name: evidence, context }),
    out === undefined ? undefined : keep(verification, resolve(context.folder, out)),
  ]);
  for (const one of kept) if (one.status === 'rejected') throw one.reason;
}

async function keep(verification: Verification, file: string): Promise<void> {
  const { writeNamedFile } = require('../lib/backup-environment') as typeof import('../lib/backup-environment');
  await writeNamedFile(file, jsonText(verification));
}

interface EvidencePlace {
  /** The folder as it was typed. */
  readonly name: string;
  readonly context: Context;
}

/** Each half has a document and a page of its own, so that one does not replace the other. */
async function keepAsEvidence(
  config: BackupEnvironment,
  verification: Verification,
  { name, context }: EvidencePlace,
): Promise<void> {
  const { addToEvidence, verificationFile } = require('../lib/evidence') as typeof import('../lib/evidence');
  const { renderHtml } = require('../lib/verify/report/html/page') as typeof import('../lib/verify/report/html/page');
  const { renderBackupEnvironment } =
    require('../lib/backup-environment/create') as typeof import('../lib/backup-environment/create');
  const { half } = verification;
  const sha256 = await addToEvidence(resolve(context.folder, name), [
    { name: 'backup-environment.json', text: renderBackupEnvironment(config) },
    { name: verificationFile(half, 'json'), text: jsonText(verification) },
    { name: verificationFile(half, 'html'), text: renderHtml(verification) },
  ]);
  context.io.note(`The manifest of ${name} has the SHA-256 ${sha256}\n`);
}
