import type { TerraformRun } from './run-terraform';

/** How long a registry may leave Terraform without an answer to which versions there are. */
const QUERY_LIMIT_MS = 30_000;
/** How long one provider may take to download: about 150 MB. */
const INSTALL_LIMIT_MS = 600_000;
const NOTE_AFTER_MS = 5_000;

/** A run that is ended when the registry hangs. */
export interface RegistryWatch {
  readonly run: TerraformRun;
  /** Why the run was ended, once it was. */
  readonly gaveUp: () => string | undefined;
  readonly stop: () => void;
}

/**
 * Follows what `init` prints: it names a provider before it asks the registry, and again when it downloads.
 *
 * After five seconds without a word it says what it waits for.
 */
export function registryWatch(run: TerraformRun): RegistryWatch {
  const giveUp = new AbortController();
  let reason: string | undefined;
  let timers: NodeJS.Timeout[] = [];
  const stop = (): void => {
    for (const timer of timers) clearTimeout(timer);
  };
  const waitFor = (what: string, limitMs: number): void => {
    stop();
    const note = setTimeout(() => run.onOutput(`Waiting for ${what} …`), NOTE_AFTER_MS);
    const end = setTimeout(() => {
      reason = `Nothing came from ${what} in ${limitMs / 1000} seconds.`;
      giveUp.abort();
    }, limitMs);
    timers = [note, end];
  };
  const onOutput = (line: string): void => {
    run.onOutput(line);
    if (/^- (Finding|Reusing) /.test(line)) waitFor('the provider registry', QUERY_LIMIT_MS);
    if (/^- Installing /.test(line)) waitFor('the provider download', INSTALL_LIMIT_MS);
    if (/^- (Installed|Using) /.test(line)) stop();
  };
  const signal = run.signal === undefined ? giveUp.signal : AbortSignal.any([run.signal, giveUp.signal]);
  return { run: { ...run, onOutput, signal }, gaveUp: () => reason, stop };
}
