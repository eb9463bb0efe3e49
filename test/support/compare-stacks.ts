import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesizeNow } from './synthesize-now';

// Synthesizes again what a run of the tests has kept, and says which stacks are others: compare-stacks.ts <folder>. The
// version that CDKTF writes of itself does not count.

const [, , folder = ''] = process.argv;

function withoutVersion(text: string): string {
  const stack = JSON.parse(text);
  stack['//'].metadata.version = 'any';
  return JSON.stringify(stack);
}

function isAnother(file: string): boolean {
  const [text, versions, environment] = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const again = synthesizeNow(environment);
  return withoutVersion(again.text) !== withoutVersion(text) || again.versions !== versions;
}

// Other things that are made once lie there too.
const files = readdirSync(folder).filter((name) => /^[0-9a-f]{64}$/.test(name));
const others = files.filter(isAnother);
process.stdout.write(`${files.length} stacks synthesized again, ${others.length} differ\n`);
process.exitCode = files.length > 0 && others.length === 0 ? 0 : 1;
