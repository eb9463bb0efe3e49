import { ConfigError, ToolkitError } from '../../errors';
import { describeSchemaIssue } from '../../schema-issues';
import { AUDIT_VERSION, type AuditReport } from '../report/audit-report';
import { auditReportSchema } from '../report/schema';
import { parseJson } from '../stack/parse-json';

/**
 * Reads an earlier report.
 *
 * @param file - how to call it in a message
 * @throws {ToolkitError} `BrokenJson`; `UnsupportedBaseline`, for a report of another version
 * @throws {ConfigError} `BadBaseline`, for a document that is no report
 */
export function readBaseline(text: string, file: string): AuditReport {
  const document = parseJson(text, file);
  const version =
    typeof document === 'object' && document !== null && 'version' in document ? document.version : undefined;
  if (typeof version === 'number' && version !== AUDIT_VERSION) {
    const fix = 'Write it again with this version of vault-env audit';
    throw new ToolkitError(
      'UnsupportedBaseline',
      `'${file}' must be a report of version ${AUDIT_VERSION}, got: ${version}\n${fix}`,
    );
  }
  const result = auditReportSchema.safeParse(document, { reportInput: true });
  if (result.success) return result.data;
  const [first] = result.error.issues;
  throw new ConfigError(
    'BadBaseline',
    first === undefined ? [] : describeSchemaIssue(first, file, auditReportSchema).slice(0, 1),
  );
}
