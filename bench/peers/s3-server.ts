import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Credentials } from './s3-client';

/** An S3 server in a process of its own. */
export interface S3Server {
  readonly name: string;
  readonly endpoint: string;
  readonly credentials: Credentials;
  /** Milliseconds from the call that starts it to its answer; told by those that can be started in process. */
  readonly readyMs?: number;
  /** Resident memory, in MiB. */
  readonly memoryMib: () => Promise<number>;
  readonly stop: () => void;
}

export function startSimulatedAccountServer(): Promise<S3Server> {
  const file = join(__dirname, 'simulated-account-server.ts');
  return start('simulated account', fork(file, { execArgv: ['--import', 'tsx'] }));
}

const FOLDER = join(__dirname, 's3rver');

/** Where s3rver is, when it is installed. */
export const S3RVER_FOLDER = join(FOLDER, 'node_modules', 's3rver');

/**
 * s3rver, when it is installed in its own folder; it is never a dependency of the project.
 * Its page tokens are made with a cipher that OpenSSL 3 keeps in its legacy provider.
 */
export async function tryStartS3rver(): Promise<S3Server | undefined> {
  if (!existsSync(S3RVER_FOLDER)) return undefined;
  return await start('s3rver', fork(join(FOLDER, 'server.cjs'), { execArgv: ['--openssl-legacy-provider'] }));
}

interface Greeting {
  readonly endpoint: string;
  readonly credentials: Credentials;
  readonly readyMs?: number;
  readonly directory?: string;
}

async function start(name: string, child: ChildProcess): Promise<S3Server> {
  const { directory, ...greeting } = (await answerOf(child)) as Greeting;
  return {
    name,
    ...greeting,
    memoryMib: async () => {
      child.send('memory');
      return ((await answerOf(child)) as NodeJS.MemoryUsage).rss / 2 ** 20;
    },
    stop: () => {
      child.kill();
      if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const [answer] = await once(child, 'message');
  return answer;
}
