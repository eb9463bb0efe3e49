import type { z } from 'zod';

type Schema = z.core.$ZodType;

/** The keys that a value may have at a path of what the schema describes; none where it describes no object there. */
export function keysAt(schema: Schema, path: readonly PropertyKey[]): readonly string[] {
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
