import type { ProofItem } from '../../../permission-proof/proof';
import type { AuditReport } from '../../../report/audit-report';
import type { Standing } from '../../standing';
import { worstStanding } from '../standing-mark';
import { kindOf, type Zone } from './resource-kinds';

export interface ResourceRow {
  readonly address: string;
  readonly label: string;
  readonly name: string;
  /** The worst of what was found about it. */
  readonly standing: Standing | undefined;
}

/** A box of the picture. */
export interface Group {
  readonly zone: Zone;
  readonly title: string;
  readonly caption: string;
  readonly rows: readonly ResourceRow[];
}

const TITLES: readonly (readonly [Zone, string])[] = [
  ['host', 'Vault host'],
  ['identity', 'Role and policies'],
  ['bucket', 'Bucket'],
  ['key', 'Key'],
  ['other', 'Other'],
];

const SHAPES: Readonly<Partial<Record<Zone, readonly string[]>>> = {
  bucket: ['the bucket', 'backups', 'probes', 'search results'],
  key: ['the key'],
};

/** The boxes of the picture. The host is there even when the stack makes no part of it. */
export function groupsOf(report: AuditReport): readonly Group[] {
  const rows = report.resources.map(({ address, type }) => ({
    zone: kindOf(type).zone,
    row: rowOf(address, type, report),
  }));
  return TITLES.map(([zone, title]) => ({
    zone,
    title,
    caption: captionOf(zone, report.proof?.items),
    rows: rows.filter((one) => one.zone === zone).map(({ row }) => row),
  })).filter((group) => group.zone === 'host' || group.rows.length > 0);
}

function rowOf(address: string, type: string, { findings }: AuditReport): ResourceRow {
  const about = findings.filter(({ resource }) => resource === address);
  const name = address.slice(address.lastIndexOf(`${type}.`) + type.length + 1);
  return { address, label: kindOf(type).label, name, standing: worstStanding(about) };
}

/** The result of the proof for the box; nothing is drawn that was not proven. */
function captionOf(zone: Zone, items: readonly ProofItem[] | undefined): string {
  const allowed = (items ?? []).filter(({ kind, evidence }) => kind === 'permission' && evidence.actions.length > 0);
  if (zone === 'identity') return assumedBy(allowed);
  const shapes = SHAPES[zone];
  if (shapes === undefined) return '';
  if (items === undefined) return 'access is not proven';
  const byRole = allowed.filter(({ evidence }) => evidence.caller === 'the role');
  const onIt = byRole.filter(({ evidence }) => evidence.on.some((shape) => shapes.includes(shape)));
  if (onIt.some(({ result }) => result === 'fail')) return 'what the role may do is not as it must be';
  const count = new Set(onIt.flatMap(({ evidence }) => evidence.actions)).size;
  return `the role may use ${count} ${count === 1 ? 'action' : 'actions'}`;
}

function assumedBy(allowed: readonly ProofItem[]): string {
  const assuming = allowed.filter(
    ({ evidence }) =>
      evidence.on.includes('the role') && evidence.actions.some((action) => action.startsWith('sts:AssumeRole')),
  );
  const callers = [...new Set(assuming.map(({ evidence }) => evidence.caller))];
  return callers.length === 0 ? '' : `assumed by ${callers.join(', ')}`;
}
