import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeFailure } from '../../lib/cli/failure';
import { requireVerifierNeeds } from '../../scripts/verifier-needs';

let root: string;
let lock: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'verifier-needs-'));
  lock = join(root, 'package-lock.json');
});

afterEach(() => rmSync(root, { recursive: true }));

const FIX = 'Take it from the revision of the other files (in Git: git checkout package-lock.json), and run npm ci';
const missing = () => {
  throw new Error('Cannot find module');
};

function told(content: string | undefined, resolvePackage: () => unknown = () => 'esbuild'): string {
  if (content !== undefined) writeFileSync(lock, content);
  try {
    return requireVerifierNeeds(root, resolvePackage);
  } catch (error) {
    return describeFailure(error);
  }
}

describe('the file for Vault hosts', () => {
  test('is built from a lock of packages', () => {
    expect(told('{"packages":{}}')).toBe(lock);
  });

  test('is not built without the lock', () => {
    expect(told(undefined)).toBe(
      `error (NoPackageLock): '${lock}' must be there, from which the SBOM of the file for Vault hosts is made, got: no such file\n${FIX}\n`,
    );
  });

  test.each([
    ['one of npm 6', '{"dependencies":{}}', 'no packages'],
    ['one that is a word', '"lock"', 'no packages'],
  ])('is not built from %s', (_, content, got) => {
    expect(told(content)).toBe(
      `error (BadPackageLock): '${lock}' must be the lock of npm 7 or later, got: ${got}\n${FIX}\n`,
    );
  });

  test('is not built from a lock with a conflict', () => {
    expect(told('<<<<<<< HEAD\n{}')).toMatch(/^error \(BadPackageLock\): .* must be the lock of npm 7 or later, got: /);
  });

  test('is not built without the packages of its development', () => {
    expect(told('{"packages":{}}', missing)).toBe(
      "error (NotInstalled): 'esbuild' must be installed, which makes the file for Vault hosts, got: no such package\n" +
        'Run npm ci without --omit=dev, or take the file from a package of vault-env, which carries it\n',
    );
  });
});
