import { ToolkitError } from '../errors';
import { checkFiles } from './check-files';
import {
  type CheckedFile,
  EVIDENCE_VERIFICATION_VERSION,
  type EvidenceVerification,
  type FileResult,
  type Link,
} from './evidence-verification';
import { statedVerdicts } from './known-documents';
import { readLinks } from './links';
import { MANIFEST, readManifest } from './manifest';

interface VerifyOptions {
  /** The SHA-256 that the manifest had when the folder was made, where somebody noted it. */
  readonly manifestSha256?: string | undefined;
}

/**
 * Looks at an evidence folder again: each file against its sum, nothing missing and nothing besides, and its documents
 * against the audited stack. Two documents that are both there and do not say that they belong together fail.
 *
 * @throws {ToolkitError} `EvidenceNotFound`, `CannotReadEvidence`
 * @throws {ConfigError} `BrokenManifest`
 */
export async function verifyEvidence(
  folder: string,
  { manifestSha256 }: VerifyOptions = {},
): Promise<EvidenceVerification> {
  const read = await readManifest(folder);
  if (read === undefined) throw evidenceNotFound(folder);
  const files = await checkFiles(folder, read.manifest);
  const links = [...sealLinks(manifestSha256, read.sha256), ...(await readLinks(folder, files))];
  return {
    version: EVIDENCE_VERIFICATION_VERSION,
    verdict: files.every(isIntact) && links.every(holds) ? 'pass' : 'fail',
    manifestSha256: read.sha256,
    counts: countsOf(files),
    files,
    links,
    stated: await statedVerdicts(folder),
  };
}

function sealLinks(expected: string | undefined, found: string): readonly Link[] {
  if (expected === undefined) return [];
  const title = `${MANIFEST} is the one that was noted`;
  return [{ id: 'seal', title, result: expected === found ? 'same' : 'different', expected, found }];
}

function isIntact({ result }: CheckedFile): boolean {
  return result === 'intact';
}

function holds({ result }: Link): boolean {
  return result === 'same' || result === 'not-there';
}

function countsOf(files: readonly CheckedFile[]): EvidenceVerification['counts'] {
  const count = (wanted: FileResult) => files.filter(({ result }) => result === wanted).length;
  return {
    total: files.length,
    intact: count('intact'),
    changed: count('changed'),
    missing: count('missing'),
    extra: count('extra'),
  };
}

function evidenceNotFound(folder: string): ToolkitError {
  return new ToolkitError(
    'EvidenceNotFound',
    `'${folder}' must be an evidence folder, got: no ${MANIFEST} in it\n` +
      'Make one with vault-env audit <environment> --evidence <folder>',
  );
}
