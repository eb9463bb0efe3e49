import type { z } from 'zod';
import type { Issue } from './errors';
import { nearestName } from './nearest-name';

/** A problem that a schema found, its input reported. */
type SchemaIssue = z.core.$ZodIssue;

/**
 * Words one problem for a person: path, expectation, value received.
 *
 * A message that a schema words itself begins with `must` and stays as it is.
 *
 * @param schema - what found the problem, so that the keys it knows can be named
 */
export function describeSchemaIssue(issue: SchemaIssue, file: string, schema: z.core.$ZodType): readonly Issue[] {
  const path = issue.path.join('.');
  const keys = keysAt(schema, issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ file, path: [...issue.path, key].join('.'), message: unknownKey(key, keys) }));
  }
  if (issue.code === 'invalid_type' && issue.input !== undefined && path !== '' && keys.length > 0) {
    const message = `must be an object with keys of ${keys.join(', ')}, got: ${JSON.stringify(issue.input)}`;
    return [{ file, path, message }];
  }
  if (issue.input === undefined) return [{ file, path, message: `is required: ${expectation(issue)}` }];
  return [{ file, path, message: `${expectation(issue)}, got: ${JSON.stringify(issue.input)}` }];
}

function unknownKey(key: string, known: readonly string[]): string {
  // Another kind of the same object may know it.
  const nearest = known.includes(key) ? undefined : nearestName(key, known);
  return `is not a known key; ${nearest === undefined ? 'look at its spelling' : `did you mean '${nearest}'?`}`;
}

function expectation(issue: SchemaIssue): string {
  if (issue.message.startsWith('must ')) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return issue.path.length === 0 ? 'must hold keys and their values' : `must be ${article(issue.expected)}`;
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.join(', ')}`;
    case 'too_small':
      return `must ${bound(issue.origin, `at least ${issue.minimum}`)}`;
    case 'too_big':
      return `must ${bound(issue.origin, `at most ${issue.maximum}`)}`;
    case 'invalid_format':
      return `must match ${issue.pattern}`;
    default:
      return issue.message;
  }
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function bound(origin: string, limit: string): string {
  if (origin === 'string') return `have ${limit} characters`;
  return origin === 'number' || origin === 'int' ? `be ${limit}` : `have ${limit} elements`;
}

type Schema = z.core.$ZodType;

/** The keys that a value may have at a path of what the schema describes; none where it describes no object there. */
function keysAt(schema: Schema, path: readonly PropertyKey[]): readonly string[] {
  const reached = path.reduce<readonly Schema[]>(
    (schemas, step) => schemas.flatMap(plain).flatMap((one) => below(one, step)),
    [schema],
  );
  return [...new Set(reached.flatMap(plain).flatMap((one) => Object.keys(shapeOf(one))))];
}

/** The schemas that one stands for, without what makes it optional or gives it a default. */
function plain(schema: Schema): readonly Schema[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'union') return def.options.flatMap(plain);
  return 'innerType' in def ? plain(def.innerType) : [schema];
}

function below(schema: Schema, step: PropertyKey): readonly Schema[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'array') return [def.element];
  if (def.type === 'record') return [def.valueType];
  const found = shapeOf(schema)[String(step)];
  return found === undefined ? [] : [found];
}

function shapeOf(schema: Schema): Readonly<Record<string, Schema>> {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return def.type === 'object' ? def.shape : {};
}
