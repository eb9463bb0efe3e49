import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * Loads a module of the checkout that is measured, as its commands load it: from its build, if it has one. The types are those
 * of this checkout.
 *
 * The first of the places that exists is loaded: a reference from before a move has the module at its earlier place.
 */
export type Load = <Module>(...places: readonly string[]) => Module;

const MICROSECONDS = 1000;
const ENTRY = 'lib/load-entry.cjs';

/**
 * Prepares the work in the checkout named on the command line, warms it up, and does it once more for each message.
 *
 * Answers with the milliseconds of CPU that one go took.
 */
export async function timeOnDemand(prepare: (load: Load) => Promise<() => unknown>, warmUps = 3): Promise<void> {
  const root = process.argv[2] ?? '';
  const load = createRequire(join(root, 'package.json'));
  const built = existsSync(join(root, ENTRY)) ? load(join(root, ENTRY)).tryLoadPart('audit') : undefined;
  const work = await prepare((...places) => {
    const place = places.find((file) => existsSync(join(root, `${file}.ts`))) ?? places[0] ?? '';
    return built && place.startsWith('lib/') ? built(place) : load(join(root, place));
  });
  for (let round = 0; round < warmUps; round += 1) await work();
  process.send?.(0);
  process.on('message', async () => {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    process.send?.((user + system) / MICROSECONDS);
  });
}
