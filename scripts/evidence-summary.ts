import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { loadEach } from '../lib/config/load';
import { ToolkitError, UsageError } from '../lib/errors';
import type { FleetSummary } from '../lib/evidence/fleet/fleet-summary';
import { FLEET_RENDERERS } from '../lib/evidence/fleet/render';
import { type FleetEntry, summarizeFleet } from '../lib/evidence/fleet/summarize-fleet';
import { renderJunit } from '../lib/summary/junit';
import type { FleetChoice } from './fleet-options';
import { noteUnreadFolders } from './note-unread-folders';
import { toolOf } from './tool';
import type { Context, Task } from './verb';

/** One page for a fleet, from its evidence. */
export function fleetTask(choice: FleetChoice): Task {
  return async (context) => {
    const entries = entriesOf(choice, context);
    const asOf = choice.asOf ?? new Date().toISOString().slice(0, 10);
    requireDays(asOf, choice.soon);
    const summary = await summarizeFleet(entries, {
      required: choice.require,
      tool: toolOf(context.root),
      asOf,
      soonDays: choice.soon,
    });
    await print(summary, choice, context);
    return ({ pass: 0, fail: 1, error: 2 } as const)[summary.verdict];
  };
}

function requireDays(asOf: string, soon: number): void {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(asOf) && !Number.isNaN(Date.parse(asOf));
  if (!isDay) throw new UsageError('BadArguments', `'--as-of' must be a day as YYYY-MM-DD, got: ${asOf}`);
  if (Number.isInteger(soon) && soon >= 0) return;
  throw new UsageError('BadArguments', `'--soon' must be a whole number of days from 0 on, got: ${soon}`);
}

async function print(summary: FleetSummary, { format, out }: FleetChoice, { io, folder }: Context): Promise<void> {
  const render = (columns?: number) =>
    format === 'junit' ? junitOf(summary) : FLEET_RENDERERS[format](summary, columns);
  if (out === undefined) return io.result(render(io.columns));
  const text = render();
  const { writeNamedFile } = require('../lib/backup-environment') as typeof import('../lib/backup-environment');
  await writeNamedFile(resolve(folder, out), text);
  io.note(`${FLEET_RENDERERS.text(summary).trimEnd().split('\n').at(-1)}; the page is ${out}\n`);
}

function junitOf({ environments }: FleetSummary): string {
  const cases = environments.map(({ name, outcome, problems }) => ({ name, outcome, detail: problems.join('\n') }));
  return renderJunit('vault-env evidence summary', [{ name: 'fleet', cases }]);
}

/** The evidence folders by the names of their environments, and the environments that have none. */
function entriesOf({ folders, environments }: FleetChoice, context: Context): readonly FleetEntry[] {
  const found = folders.flatMap((name) => evidenceBelow(name, context));
  const entries = new Map<string, FleetEntry>(found.map((entry) => [entry.name, entry]));
  if (environments !== undefined) {
    const [into = ''] = folders;
    const read = loadEach({ folder: resolve(context.folder, environments) });
    noteUnreadFolders(environments, context);
    const folderOf = (name: string) => entries.get(name)?.folder ?? join(resolve(context.folder, into), name);
    for (const { name } of read.environments) entries.set(name, { name, folder: folderOf(name) });
    for (const { name, issues } of read.broken) {
      const problem = issues.map(({ path, message }) => `${path} ${message}`.trim()).join('; ');
      entries.set(name, { name, folder: folderOf(name), problem: `its file is broken: ${problem}` });
    }
  }
  if (entries.size > 0) return [...entries.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  throw new ToolkitError(
    'EvidenceNotFound',
    `'${folders.join(', ')}' must hold evidence folders, got: none\nMake them with vault-env audit cdktf.out --evidence <folder>`,
  );
}

function evidenceBelow(name: string, { folder }: Context): readonly FleetEntry[] {
  const path = resolve(folder, name);
  if (!existsSync(path)) return [];
  const hasManifest = (place: string) => existsSync(join(place, 'manifest.json'));
  if (hasManifest(path)) return [{ name: basename(path), folder: path }];
  return readdirSync(path)
    .filter((entry) => hasManifest(join(path, entry)))
    .map((entry) => ({ name: entry, folder: join(path, entry) }));
}
