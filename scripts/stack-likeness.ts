import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Words of a stack that are no names of its own: types, actions, condition keys, the region. */
const WORDS = /"region": "[a-z0-9-]+"|\baws_[a-z0-9_]+|\b[a-z0-9]+:[A-Z]\w*|\bAES256\b/g;

/** The same text for stacks that are probably equal but for names; a guess, on which no answer depends. */
export function likenessOfStack(file: string): string {
  try {
    const words = readFileSync(file, 'utf8').match(WORDS) ?? [];
    return createHash('sha256').update(words.join(' ')).digest('base64');
  } catch {
    // Whoever audits it says what keeps it from being read.
    return '';
  }
}
