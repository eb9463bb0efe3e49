import { createHash } from 'node:crypto';
import { visible } from '../../visible';
import type { AuditReport } from '../report/audit-report';

/** Namespace of this project's identifiers and properties. */
const PROJECT = '0b0f9a3e-6a51-5c0e-9f0c-7d1f5b8f2c64';
const NAMESPACE = 'urn:vault-backup-environment';

/** Gives the parts of one report their identifiers, and the time that they were made at. */
export interface OscalParts {
  /** Id of this very document: other content has another id. */
  readonly documentUuid: string;
  /** Id of a part, the same in every report of the environment, so that later reports mean the same thing. */
  readonly uuid: (kind: string, id: string) => string;
  readonly time: string;
}

/** Without a day of its own the report says so by a time that cannot be: OSCAL requires one. */
const NO_TIME = '1970-01-01T00:00:00Z';

export function oscalParts(report: AuditReport): OscalParts {
  const { environment, account, asOf } = report;
  const content = createHash('sha256').update(JSON.stringify(report)).digest('hex');
  return {
    documentUuid: uuidOf(PROJECT, content),
    uuid: (kind, id) => uuidOf(PROJECT, JSON.stringify([account, environment, kind, id])),
    time: asOf === undefined ? NO_TIME : `${asOf}T00:00:00Z`,
  };
}

/** A property of this project's. */
export function oscalProperty(name: string, value: string) {
  return { name, ns: NAMESPACE, value: oscalString(value) };
}

/** OSCAL wants a string on one line, neither empty nor padded. */
export function oscalString(text: string): string {
  return visible(text).trim() || '-';
}

/**
 * A UUID of version 5: the same name below the same UUID is always the same one.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5
 */
function uuidOf(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  const bytes = hash.subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const digits = bytes.toString('hex');
  return [0, 8, 12, 16, 20].map((start, index, all) => digits.slice(start, all[index + 1])).join('-');
}
