import { AsyncLocalStorage } from 'node:async_hooks';
import type { ChildProcess } from 'node:child_process';
import diagnosticsChannel from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';

type Provider<C> = (properties?: object) => Promise<C>;

/** The same, given up in time, or when the signal fires. */
export type BoundedProvider<C> = (properties?: object, signal?: AbortSignal) => Promise<C>;

/**
 * The SDK waits for a `credential_process` until it ends; the one for Go gives up after as long as this.
 *
 * @see https://pkg.go.dev/github.com/aws/aws-sdk-go-v2/credentials/processcreds#pkg-constants
 */
const TIMEOUT_MS = 60_000;

/** Bounds a provider of credentials; a process that it waits for is ended with the wait, so that nothing hangs on it. */
export function boundCredentials<C>(provider: Provider<C>, timeoutMs = TIMEOUT_MS): BoundedProvider<C> {
  return async (properties, signal) => {
    signal?.throwIfAborted();
    const { work, end } = withChildren(() => provider(properties));
    const limit = createLimit(timeoutMs, signal);
    try {
      return await Promise.race([work, limit.reached]);
    } catch (error) {
      end();
      throw error;
    } finally {
      limit.forget();
    }
  };
}

function createLimit(timeoutMs: number, signal: AbortSignal | undefined) {
  let forget = (): void => undefined;
  const reached = new Promise<never>((_resolve, reject) => {
    const onAbort = () => reject(signal?.reason);
    const timer = setTimeout(() => reject(tooLate(timeoutMs)), timeoutMs);
    signal?.addEventListener('abort', onAbort, { once: true });
    forget = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
  });
  return { reached, forget };
}

/** Named as the SDK names what its own providers throw, so that a call that needed the credentials says so. */
function tooLate(timeoutMs: number): Error {
  const message = `No credentials came within ${timeoutMs / 1000} s, and the wait for them was given up`;
  return Object.assign(new Error(message), { name: 'CredentialsProviderError' });
}

const CHANNEL = 'child_process';
const scope = new AsyncLocalStorage<Set<ChildProcess>>();
/** Waits that are not over. */
let underWay = 0;

/** Work, and how to end the processes that it has started and, as the SDK tries a process twice, starts from then on. */
function withChildren<T>(begin: () => Promise<T>) {
  const children = new Set<ChildProcess>();
  let isEnded = false;
  const onStart = (message: unknown) => {
    if (scope.getStore() !== children) return;
    const { process: child } = message as { readonly process: ChildProcess };
    children.add(child);
    // It is told of before it runs.
    if (isEnded) process.nextTick(letGo, child);
  };
  diagnosticsChannel.subscribe(CHANNEL, onStart);
  underWay += 1;
  const work = scope.run(children, begin).finally(() => {
    diagnosticsChannel.unsubscribe(CHANNEL, onStart);
    underWay -= 1;
    // Left on, it is told of every promise of the process, which takes a tenth of a verification.
    if (underWay === 0) scope.disable();
  });
  return {
    work,
    end: () => {
      isEnded = true;
      for (const child of children) letGo(child);
    },
  };
}

/** Ends a process and those below it: the SDK starts a shell, which starts the command. */
function letGo(child: ChildProcess): void {
  const { pid, exitCode, signalCode } = child;
  // The number of one that has ended may be another's by now.
  if (pid !== undefined && exitCode === null && signalCode === null) [...descendantsOf(pid), pid].forEach(end);
  // Whoever lives on may hold them open, and must not keep this process waiting.
  child.stdout?.destroy();
  child.stderr?.destroy();
  child.unref();
}

/**
 * Each is stopped before its own are listed, so that it starts no other meanwhile. Known on Linux, as Vault hosts are.
 *
 * @see https://docs.kernel.org/filesystems/proc.html
 */
function descendantsOf(pid: number): readonly number[] {
  try {
    process.kill(pid, 'SIGSTOP');
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').match(/\d+/g) ?? [];
    return children.flatMap((child) => [...descendantsOf(Number(child)), Number(child)]);
  } catch {
    return [];
  }
}

function end(pid: number): void {
  try {
    process.kill(pid);
    process.kill(pid, 'SIGCONT');
  } catch {
    // It has ended by itself.
  }
}
