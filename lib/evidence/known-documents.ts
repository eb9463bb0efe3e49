import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseStrictJson } from '../json-shape';
import type { StatedVerdict } from './evidence-verification';

/** The documents of an evidence folder that others are compared with. */
export const AUDIT_JSON = 'audit.json';
export const CONFIG_JSON = 'backup-environment.json';
export const VERIFICATION_JSON = 'verification.json';
export const OPERATOR_VERIFICATION_JSON = 'verification-operator.json';
export const INPUTS = 'inputs/';
export const STACK_JSON = `${INPUTS}cdk.tf.json`;

/** Where a verification is kept: each half has files of its own, so that one does not replace the other. */
export function verificationFile(half: 'host' | 'operator', format: 'json' | 'html'): string {
  const document = half === 'host' ? VERIFICATION_JSON : OPERATOR_VERIFICATION_JSON;
  return document.replace('.json', `.${format}`);
}

/** As much of a document as ties it to others; anything may be missing, because the file may be broken. */
export interface KnownDocument {
  readonly verdict?: unknown;
  readonly simulated?: unknown;
  readonly inputs?: unknown;
  readonly evidence?: { readonly stackSha256?: unknown; readonly configSha256?: unknown };
}

/** The document; undefined when it is not there, and empty when it cannot be read. */
export async function readDocument(folder: string, name: string): Promise<KnownDocument | undefined> {
  const text = await readFile(join(folder, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
    return error.code === 'ENOENT' ? undefined : '';
  });
  return text === undefined ? undefined : parseObject(text);
}

/** The verdicts of the result documents. */
export async function statedVerdicts(folder: string): Promise<readonly StatedVerdict[]> {
  const names = [AUDIT_JSON, VERIFICATION_JSON, OPERATOR_VERIFICATION_JSON];
  const documents = await Promise.all(names.map((name) => readDocument(folder, name)));
  return names.flatMap((name, index) => {
    const document = documents[index];
    if (document === undefined) return [];
    const verdict = typeof document.verdict === 'string' ? document.verdict : 'none';
    return [{ name, verdict, ...(document.simulated === true && { simulated: true as const }) }];
  });
}

function parseObject(text: string): KnownDocument {
  try {
    const value: unknown = parseStrictJson(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
