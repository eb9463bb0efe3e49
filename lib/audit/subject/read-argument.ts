import { type Answer, known, unknown } from '../stack/answer';
import { valueAt } from '../stack/argument';
import type { References } from '../stack/resolve-references';
import type { ReadArgument } from './subject';

/** Reads arguments with references resolved; text comes out as Terraform would hand it to the provider. */
export function argumentReader({ answer }: References): ReadArgument {
  return ({ arguments: given }, path) => {
    const found = valueAt(given, path);
    if (found.state !== 'known' || typeof found.value !== 'string') return found;
    return withoutEscapes(answer(found.value));
  };
}

/** Terraform writes a policy variable with two dollar signs. */
function withoutEscapes(text: Answer<string>): Answer<string> {
  if (text.state === 'absent') return unknown('an expression');
  return text.state === 'known' ? known(text.value.replaceAll('$${', () => '${').replaceAll('%%{', '%{')) : text;
}
