import type { Arguments } from '../arguments';
import { asObject } from './configurations';
import type { ArgumentPath } from './planned-values';
import type { Scope } from './scopes';

/** The expression at a path of arguments and blocks; one that was written for a whole list is that of each element. */
export function expressionAt(expressions: Arguments, path: ArgumentPath): Arguments | undefined {
  let found: unknown = expressions;
  for (const step of path) {
    if (isExpression(found)) break;
    if (typeof step === 'number') {
      if (!Array.isArray(found)) continue;
      found = found[step];
    } else {
      found = asObject(Array.isArray(found) ? found[0] : found)[step];
    }
  }
  return isExpression(found) ? found : undefined;
}

function isExpression(value: unknown): value is Arguments {
  return 'references' in asObject(value) || 'constant_value' in asObject(value);
}

/** Only a stack in JSON keeps its templates; a constant of HCL is no template. */
export function templateOf({ constant_value: constant, references }: Arguments, { prefix }: Scope): unknown {
  return references !== undefined && prefix === '' ? constant : undefined;
}
