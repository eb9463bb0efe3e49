import { nameOf } from '../../arn';
import type { AuditReport } from '../report/audit-report';
import type { RecordedAccess } from '../report/recorded-access';
import { MADE_UP_ID } from '../stack/computed-attributes';

/**
 * The access of a baseline with today's id of the created key: a stack alone has a made-up one, and a plan the real one.
 *
 * Where there are several keys, nobody can tell whose the made-up id is, so nothing is changed.
 */
export function alignCreatedKey(baseline: AuditReport, report: AuditReport): RecordedAccess | undefined {
  const { access } = baseline;
  const [was, is] = [createdKeyId(baseline), createdKeyId(report)];
  if (access === undefined || was === undefined || is === undefined) return access;
  if (was === is || (was !== MADE_UP_ID && is !== MADE_UP_ID)) return access;
  return JSON.parse(JSON.stringify(access).replaceAll(was, () => is)) as RecordedAccess;
}

/** The id of the only key that a stack creates, made up where nothing says it. */
function createdKeyId({ resources }: AuditReport): string | undefined {
  const [only, ...others] = resources.filter(({ type }) => type === 'aws_kms_key');
  if (only === undefined || others.length > 0) return undefined;
  const arn = only.keeps?.arn;
  return typeof arn === 'string' ? nameOf(arn) : MADE_UP_ID;
}
