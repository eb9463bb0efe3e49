import type { App } from 'cdktf';
import type { Environment } from '../lib/config/environment';
import { type Shape, shapeOf } from './shape';
import {
  areWritten,
  type CreateStack,
  fillTemplate,
  type StackTemplate,
  synthesizeOne,
  templateOf,
  type WriteStack,
  WrittenStack,
  writeIntoFolder,
} from './stack-template';

/** The least that share a template: two are synthesized themselves to check it, and it is one more stack. */
const WORTH_A_TEMPLATE = 5;

/** An environment, and what it is called in its shape. */
interface Member {
  readonly environment: Environment;
  readonly shape: Shape;
}

/**
 * Synthesizes the environments into the app's folder; those that differ in names alone share one stack of CDKTF, and what
 * that is asked: whether its policies lock anybody out does not depend on names.
 *
 * The first and the last of a shape are synthesized themselves. The others are filled in only if the shape's stack,
 * filled in for these two, comes out as theirs, byte for byte.
 */
export function synthesizeByShape(
  app: App,
  environments: readonly Environment[],
  create: CreateStack,
  writeFilled: WriteStack = writeIntoFolder,
): void {
  const synthesize = (environment: Environment) => synthesizeOne(app, create(app, environment));
  const { alone, groups } = groupByShape(environments);
  for (const environment of alone) synthesize(environment);
  for (const members of groups) {
    const checked = [members[0], members.at(-1)].filter((member) => member !== undefined);
    for (const { environment } of checked) synthesize(environment);
    const template = commonTemplate(app, checked, create);
    for (const { environment, shape } of members.slice(1, -1)) {
      const { name } = environment;
      if (template === undefined) synthesize(environment);
      else {
        const files = fillTemplate(template, shape.names);
        synthesizeOne(app, new WrittenStack(app, name, (folder) => writeFilled(name, files, folder)));
      }
    }
  }
}

function groupByShape(environments: readonly Environment[]) {
  const alone: Environment[] = [];
  const byKey = new Map<string, Member[]>();
  for (const environment of environments) {
    const shape = shapeOf(environment);
    if (shape === undefined) {
      alone.push(environment);
      continue;
    }
    const members = byKey.get(shape.key) ?? [];
    members.push({ environment, shape });
    byKey.set(shape.key, members);
  }
  const groups = [...byKey.values()];
  const few = groups.filter((members) => members.length < WORTH_A_TEMPLATE).flat();
  alone.push(...few.map(({ environment }) => environment));
  return { alone, groups: groups.filter((members) => members.length >= WORTH_A_TEMPLATE) };
}

/** The template of a shape; undefined where it does not come out as the stacks that were synthesized themselves. */
function commonTemplate(app: App, checked: readonly Member[], create: CreateStack): StackTemplate | undefined {
  const [first] = checked;
  if (first === undefined) return undefined;
  const template = templateOf(first.shape, create);
  const isTheirs = checked.every(({ environment, shape }) =>
    areWritten(app, environment.name, fillTemplate(template, shape.names)),
  );
  return isTheirs ? template : undefined;
}
