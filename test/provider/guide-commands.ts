import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../e2e/run-vault-env';

/** Every line of the guide's shell blocks. */
export function shellLinesOf(guide: string): readonly string[] {
  const text = readFileSync(join(ROOT, guide), 'utf8');
  return [...text.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block = '']) => block.trim().split('\n'));
}
