import { readConfigLinks } from './config-links';
import type { CheckedFile, Link } from './evidence-verification';
import {
  AUDIT_JSON,
  CONFIG_JSON,
  INPUTS,
  type KnownDocument,
  OPERATOR_VERIFICATION_JSON,
  readDocument,
  VERIFICATION_JSON,
} from './known-documents';

interface AuditInput {
  readonly kind?: unknown;
  readonly sha256?: unknown;
}

/**
 * Whether the files of the folder belong together: the audit's inputs are there, and config and verification are about
 * the stack that was audited.
 */
export async function readLinks(folder: string, files: readonly CheckedFile[]): Promise<readonly Link[]> {
  const audit = await readDocument(folder, AUDIT_JSON);
  const stackSha256 = audit && stackOf(audit);
  const compare = async (id: Link['id'], name: string, title: string): Promise<Link> => {
    const document = await readDocument(folder, name);
    const isThere = audit !== undefined && document !== undefined;
    return { id, title, ...compareSums(isThere, stackSha256, document?.evidence?.stackSha256) };
  };
  return [
    inputsLink(audit, files),
    await compare('config', CONFIG_JSON, `${CONFIG_JSON} comes from the audited stack`),
    ...(await readConfigLinks(folder)),
    await compare('verification', VERIFICATION_JSON, `${VERIFICATION_JSON} is about the audited stack`),
    ...((await isThere(folder, OPERATOR_VERIFICATION_JSON))
      ? [
          await compare(
            'operator-verification',
            OPERATOR_VERIFICATION_JSON,
            `${OPERATOR_VERIFICATION_JSON} is about the audited stack`,
          ),
        ]
      : []),
  ];
}

/** Most environments are verified on the host alone, so nobody misses the operator's half. */
async function isThere(folder: string, name: string): Promise<boolean> {
  return (await readDocument(folder, name)) !== undefined;
}

function inputsLink(audit: KnownDocument | undefined, files: readonly CheckedFile[]): Link {
  const link = { id: 'inputs' as const, title: `What ${AUDIT_JSON} says it has read is there` };
  if (audit === undefined) return { ...link, result: 'not-there' };
  const read = inputsOf(audit);
  const kept = new Set(files.filter(({ name }) => name.startsWith(INPUTS)).map(({ found }) => found));
  const absent = read.find(({ sha256 }) => typeof sha256 !== 'string' || !kept.has(sha256));
  if (read.length === 0) return { ...link, result: 'not-said' };
  if (absent === undefined) return { ...link, result: 'same' };
  return { ...link, result: 'different', expected: String(absent.sha256) };
}

function stackOf(audit: KnownDocument): unknown {
  return inputsOf(audit).find(({ kind }) => kind === 'synthesized-stack')?.sha256;
}

function inputsOf({ inputs }: KnownDocument): readonly AuditInput[] {
  return Array.isArray(inputs) ? inputs.filter((input) => typeof input === 'object' && input !== null) : [];
}

/** Two documents that are both there have to say the same sum. */
function compareSums(isThere: boolean, expected: unknown, found: unknown): Pick<Link, 'result' | 'expected' | 'found'> {
  if (!isThere) return { result: 'not-there' };
  const sums = {
    ...(typeof expected === 'string' && { expected }),
    ...(typeof found === 'string' && { found }),
  };
  if (sums.expected === undefined || sums.found === undefined) return { result: 'not-said', ...sums };
  return { result: expected === found ? 'same' : 'different', ...sums };
}
