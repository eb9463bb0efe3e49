import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type BenchRow, isMet } from './row';
import { auditRows } from './rows/audit';
import { evaluatorRows } from './rows/evaluator';
import { simulatedAccountRows } from './rows/simulated-account';
import { startRows } from './rows/start';
import { synthesisRows } from './rows/synthesis';
import { testRows } from './rows/tests';
import { verificationRows } from './rows/verification';
import { renderTable } from './table';
import { findVersions, INSTALL_COMMAND, type Versions } from './versions';

const GROUPS: Readonly<Record<string, (versions: Versions) => Promise<readonly BenchRow[]>>> = {
  start: startRows,
  synthesis: synthesisRows,
  audit: auditRows,
  evaluator: evaluatorRows,
  verification: verificationRows,
  'simulated-account': simulatedAccountRows,
  tests: testRows,
};
/** Takes longer than all others together. */
const ONLY_WHEN_NAMED = 'tests';

const USAGE = `npm run bench -- [group ...] [--out FILE] [--compare FILE] [--reference FOLDER]

Groups: ${Object.keys(GROUPS).join(', ')}; all but ${ONLY_WHEN_NAMED} when none is named.
--out FILE           writes the rows as JSON, for a later --compare
--compare FILE       shows beside each row its figures in an earlier file
--reference FOLDER   another checkout of an earlier version, with its packages
Peers and the earlier version are installed by: ${INSTALL_COMMAND}
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      compare: { type: 'string' },
      reference: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const groups =
    positionals.length === 0 ? Object.keys(GROUPS).filter((group) => group !== ONLY_WHEN_NAMED) : positionals;
  const unknown = groups.find((group) => !Object.hasOwn(GROUPS, group));
  if (values.help || unknown !== undefined) {
    process.stderr.write(unknown === undefined ? USAGE : `no such group: ${unknown}\n\n${USAGE}`);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const earlier = values.compare && (JSON.parse(readFileSync(values.compare, 'utf8')) as readonly BenchRow[]);
  const rows = await measure(groups, findVersions(values.reference));
  if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify(rows, null, 2)}\n`);
  process.stdout.write(`${renderTable(rows, earlier || undefined)}\n`);
  process.stdout.write(closingLine(rows));
}

async function measure(groups: readonly string[], versions: Versions): Promise<readonly BenchRow[]> {
  // As `npm ci` leaves it; an earlier version has no build.
  execFileSync(process.execPath, [join(versions.ours, 'scripts', 'build-command.cjs')]);
  const rows: BenchRow[] = [];
  for (const group of groups) {
    process.stderr.write(`${group} ...\n`);
    rows.push(...((await GROUPS[group]?.(versions)) ?? []));
  }
  return rows;
}

function closingLine(rows: readonly BenchRow[]): string {
  const met = rows.filter((row) => isMet(row) === true).length;
  const missed = rows.filter((row) => isMet(row) === false).length;
  const unmeasured = rows.filter((row) => row.goal !== undefined && row.ratios.length === 0).length;
  const hint = unmeasured === 0 ? '' : `; ${unmeasured} not measured, run ${INSTALL_COMMAND} first`;
  return `\nNode ${process.version}: ${met} goals met, ${missed} missed${hint}\n`;
}

void main();
