import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { OutputFile } from '../lib/backup-environment';
import { isEnvironmentName } from '../lib/config/environment-name';
import { ToolkitError } from '../lib/errors';
import { addToEvidence, verificationFile } from '../lib/evidence';
import { filesBelow } from '../lib/evidence/check-files';
import { entryOf, readManifest } from '../lib/evidence/manifest';
import type { SummaryMember } from '../lib/summary/summary';
import { renderHtml } from '../lib/verify/report/html/page';
import { verificationSchema } from '../lib/verify/result/schema';
import type { Half, Verification } from '../lib/verify/result/verification';
import { type Context, jsonText } from './verb';

/** A verification that a host, or an operator, handed back. */
interface HandedBack {
  /** The first folder below the one that was named, or the file's name. */
  readonly host: string;
  readonly verification: Verification;
  /** The config that was beside it. */
  readonly config: string | undefined;
}

const CONFIG_JSON = 'backup-environment.json';
const LARGEST_BYTES = 10_000_000;

/**
 * Joins verifications that were brought back from hosts with the evidence of their environments: the worst of each
 * becomes the verification, and all are kept below `hosts`.
 *
 * @returns what became of each: `error` for a document that was changed on its way
 * @throws {ToolkitError} `NothingToCollect`; as `addToEvidence`
 */
export async function collectEvidence(from: string, into: string, context: Context): Promise<readonly SummaryMember[]> {
  const folder = resolve(context.folder, from);
  const names = (await filesBelow(folder)).filter(({ isFile }) => isFile).map(({ name }) => name);
  const members: SummaryMember[] = [];
  const found: HandedBack[] = [];
  for (const name of names) {
    context.signal.throwIfAborted();
    const read = await readOne(folder, name);
    if (read === undefined) continue;
    const is = { name: `${from}/${name}`, durationMs: 0 };
    if ('problem' in read) {
      members.push({ ...is, outcome: 'error', error: { code: 'NotAsWritten', message: read.problem } });
      continue;
    }
    found.push(read);
    members.push({ ...is, outcome: 'pass' });
  }
  if (members.length === 0) throw nothingToCollect(from);
  for (const [environment, results] of byEnvironment(found)) {
    context.signal.throwIfAborted();
    await addResults(resolve(context.folder, into, environment), results);
  }
  return members;
}

/** `undefined` for any file that is no verification. */
async function readOne(folder: string, name: string): Promise<HandedBack | { readonly problem: string } | undefined> {
  const text = await readFile(join(folder, name), 'utf8');
  if (text.length > LARGEST_BYTES || !/^\s*\{/.test(text)) return undefined;
  const read = verificationSchema.safeParse(parseJson(text));
  if (!read.success) return undefined;
  const verification = read.data as Verification;
  if (!isEnvironmentName(verification.environment))
    return { problem: `it names no environment: ${verification.environment}` };
  const place = dirname(join(folder, name));
  const [host = ''] = name.split('/');
  if (!(await isAsListed(place, basename(name), text))) return { problem: 'it differs from the manifest beside it' };
  const config = await readFile(join(place, CONFIG_JSON), 'utf8').catch(() => undefined);
  return { host: host.replace(/\.json$/, ''), verification, config };
}

/** Whether the manifest beside a file, where there is one, gives its sum. */
async function isAsListed(place: string, name: string, text: string): Promise<boolean> {
  const read = await readManifest(place);
  const entry = read?.manifest.files.find((file) => file.name === name);
  return read === undefined || entry?.sha256 === entryOf({ name, text }).sha256;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function byEnvironment(results: readonly HandedBack[]): ReadonlyMap<string, readonly HandedBack[]> {
  const environments = new Map<string, HandedBack[]>();
  for (const result of results) {
    const { environment } = result.verification;
    environments.set(environment, [...(environments.get(environment) ?? []), result]);
  }
  return environments;
}

async function addResults(folder: string, results: readonly HandedBack[]): Promise<void> {
  const files = (['host', 'operator'] as const).flatMap((half) => filesOf(half, results));
  await addToEvidence(folder, files, { replacing: 'hosts/' });
}

function filesOf(half: Half, all: readonly HandedBack[]): readonly OutputFile[] {
  const results = all.filter(({ verification }) => verification.half === half).sort(worstFirst);
  const [worst] = results;
  if (worst === undefined) return [];
  const { verification, config } = worst;
  return [
    ...(config === undefined ? [] : [{ name: CONFIG_JSON, text: config }]),
    { name: verificationFile(half, 'json'), text: jsonText(verification) },
    { name: verificationFile(half, 'html'), text: renderHtml(verification) },
    ...results.map((one) => ({
      name: `hosts/${one.host}/${verificationFile(half, 'json')}`,
      text: jsonText(one.verification),
    })),
  ];
}

const BADNESS = { fail: 0, inconclusive: 1, pass: 2 } as const;

/** The oldest of those that say the same: it has to be repeated first. */
function worstFirst({ verification: one }: HandedBack, { verification: other }: HandedBack): number {
  return BADNESS[one.verdict] - BADNESS[other.verdict] || Date.parse(one.startedAt) - Date.parse(other.startedAt);
}

function nothingToCollect(from: string): ToolkitError {
  return new ToolkitError(
    'NothingToCollect',
    `'${from}' must hold documents that verify wrote with --evidence, --out or --format json, got: none\nName the folder that they were brought back to`,
  );
}
