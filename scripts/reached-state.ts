import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ReachedState } from '../lib/config/listing';
import { CONFIG_JSON, readDocument, VERIFICATION_JSON } from '../lib/evidence/known-documents';
import { STACK_FILE } from './main-input';

/** Folders in which an environment leaves what was done for it, as they are typed: each holds one of its name. */
export interface ResultFolders {
  /** `synth --out`. */
  readonly out: string;
  /** `emit --out`, of several. */
  readonly emitted: string;
  /** `audit --evidence`, which `verify --evidence` adds to. */
  readonly evidence: string;
}

/** How far an environment has come, by the files that are there; a verification that cannot be read has the verdict `none`. */
export async function reachedState(
  name: string,
  { out, emitted, evidence }: ResultFolders,
  folder: string,
): Promise<ReachedState> {
  const verification = await readDocument(resolve(folder, evidence, name), VERIFICATION_JSON);
  const { verdict, simulated } = verification ?? {};
  return {
    isSynthesized: existsSync(join(resolve(folder, out), 'stacks', name, STACK_FILE)),
    isEmitted: existsSync(join(resolve(folder, emitted), name, CONFIG_JSON)),
    ...(verification && {
      verification: {
        verdict: typeof verdict === 'string' ? verdict : 'none',
        ...(simulated === true && { isSimulated: true as const }),
      },
    }),
  };
}
