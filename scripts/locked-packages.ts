import { readFileSync } from 'node:fs';

/** A package of the lock, at one of its places or several. */
export interface LockedPackage {
  readonly name: string;
  readonly license: string | undefined;
  /** Whether it is there for the development of this package alone, at each of its places. */
  readonly isForDevelopment: boolean;
}

interface LockEntry {
  /** Only where the folder has another one. */
  readonly name?: string;
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
}

/** Packages of the lock, by name and version. */
export function lockedPackages(lockFile: string): ReadonlyMap<string, LockedPackage> {
  const { packages } = JSON.parse(readFileSync(lockFile, 'utf8'));
  const found = new Map<string, LockedPackage>();
  for (const [path, { name = nameIn(path), version, license, dev = false }] of Object.entries<LockEntry>(packages)) {
    const isForDevelopment = dev && found.get(`${name}@${version}`)?.isForDevelopment !== false;
    found.set(`${name}@${version}`, { name, license, isForDevelopment });
  }
  return found;
}

function nameIn(path: string): string {
  return path.split('node_modules/').at(-1) ?? path;
}
