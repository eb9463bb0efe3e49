import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ToolkitError } from '../../errors';
import { syncFolder, writeDurably } from './durable-file';
import type { BytesKeeper } from './encode';
import { makeStateFolder } from './make-state-folder';

/** The sum of what is in it; `.new` while it is written. */
const BODY_NAME = /^[0-9a-f]{64}(\.new)?$/;

/** Files that are named after their content: the bodies of objects and parts. */
export interface Bodies extends BytesKeeper {
  /** Makes everything that was kept last. */
  readonly sync: () => void;
  /** Removes the bodies that nothing has asked for since they were opened. */
  readonly removeOthers: () => void;
}

/** Opens the folder, which is made when it is not there. */
export function openBodies(folder: string): Bodies {
  makeStateFolder(folder);
  const known = new Set<string>();
  const addresses = new WeakMap<Buffer, string>();
  let isUnsynced = false;
  return {
    keep: (bytes) => {
      const address = addresses.get(bytes) ?? addressOf(bytes);
      addresses.set(bytes, address);
      if (!known.has(address) && !existsSync(join(folder, address))) {
        writeDurably(join(folder, address), [bytes]);
        isUnsynced = true;
      }
      known.add(address);
      return address;
    },
    find: (address) => {
      known.add(address);
      const bytes = readBody(join(folder, address), address);
      addresses.set(bytes, address);
      return bytes;
    },
    sync: () => {
      if (isUnsynced) syncFolder(folder);
      isUnsynced = false;
    },
    removeOthers: () => {
      for (const name of readdirSync(folder)) {
        if (BODY_NAME.test(name) && !known.has(name)) rmSync(join(folder, name));
      }
    },
  };
}

function addressOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function readBody(path: string, address: string): Buffer {
  const bytes = existsSync(path) ? readFileSync(path) : undefined;
  if (bytes !== undefined && addressOf(bytes) === address) return bytes;
  const received = bytes === undefined ? 'no such file' : 'other content';
  throw new ToolkitError('StateDamaged', `'${path}' must hold the bytes that it is named after, got: ${received}`);
}
