import type { MadeThing } from '../lib/audit/diff/made-things';
import type { Refusal } from '../lib/audit/diff/refused-plan';
import type { Place } from '../lib/audit/stack/place';
import type { PlannedChange } from '../lib/audit/stack/stack-document';
import type { ControlPlane } from '../lib/aws/control-plane';
import type { Existence } from '../lib/aws/what-exists';
import { ToolkitError } from '../lib/errors';
import { awsSurroundings } from './aws-surroundings';
import type { Context } from './verb';

/** What a plan is about to make, and where. */
interface Making {
  readonly environment: string;
  readonly changes: readonly PlannedChange[];
  readonly place: Place;
}

/**
 * The things that a plan makes and that exist already: after a rename, or with a state that was lost. AWS alone knows,
 * because the state is another one. What it does not answer is a note, for an apply fails over such a thing by itself.
 */
export async function refusedSeconds(
  { environment, changes, place }: Making,
  context: Pick<Context, 'env' | 'signal' | 'io'>,
): Promise<readonly Refusal[]> {
  const { madeThings, refusedSecond } =
    require('../lib/audit/diff/made-things') as typeof import('../lib/audit/diff/made-things');
  const things = madeThings(changes, place);
  if (things.length === 0) return [];
  const existences = await askAll(things, place, context);
  return things.flatMap((thing, index) => {
    const found = existences[index];
    if (found?.state === 'there') return [refusedSecond(thing, environment, found.tags)];
    if (found?.state === 'unknown')
      context.io.note(`whether ${thing.address} (${thing.name}) exists already is not known: ${found.because}\n`);
    return [];
  });
}

async function askAll(
  things: readonly MadeThing[],
  { account, region }: Place,
  { env, signal }: Pick<Context, 'env' | 'signal'>,
): Promise<readonly Existence[]> {
  const { connectControlPlane } = require('../lib/aws/control-plane') as typeof import('../lib/aws/control-plane');
  const { askWhetherThere } = require('../lib/aws/what-exists') as typeof import('../lib/aws/what-exists');
  const noneKnown = (because: string) => things.map(() => ({ state: 'unknown' as const, because }));
  let controlPlane: ControlPlane | undefined;
  try {
    const connected = connectControlPlane({ region, ...awsSurroundings(env), signal });
    controlPlane = connected;
    const identity = await connected.sts.getCallerIdentity({});
    if (!identity.ok) return noneKnown(`${identity.code}: ${identity.message}`);
    // Terraform may have credentials of its own, from a file beside the stack.
    if (identity.value.Account !== account)
      return noneKnown(`the credentials here are of account ${identity.value.Account}, not of ${account}`);
    return await Promise.all(things.map((thing) => askWhetherThere(connected, thing)));
  } catch (error) {
    if (error instanceof ToolkitError) return noneKnown(error.message);
    throw error;
  } finally {
    controlPlane?.close();
  }
}
