import { audit } from '../../lib/audit/audit';
import type { AuditReport } from '../../lib/audit/report/audit-report';
import { parseInput } from '../../lib/audit/stack/parse-input';
import type { WaiversFile } from '../../lib/audit/waivers/schema';
import { loadServices } from '../../lib/catalogue';

/** Stacks in the manner of the modules that most people use, below test/fixtures/terraform-modules/manners. */
export const MANNERS = ['bucket', 'key', 'labelled-bucket', 'right', 'role'] as const;

/** Audits the plan of a stack that says its account by its provider, and nothing about the use of its role. */
export async function auditPlan(text: string, waivers?: WaiversFile): Promise<AuditReport> {
  return audit({
    name: 'plan',
    stack: parseInput(text, 'plan.json'),
    catalogue: await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']),
    inputs: [],
    tool: { name: 't', version: '0' },
    asOf: '2026-11-25',
    given: { capabilities: ['backup'] },
    ...(waivers && { waivers: { name: 'waivers.yaml', file: waivers } }),
  });
}

/** Everything that is open in a report and hangs on nothing else, as a reader is told it. */
export function toldIn({ findings }: AuditReport): readonly string[] {
  return findings
    .filter(
      ({ result, waiver, hangsOn }) => /fail|unknown/.test(result) && waiver === undefined && hangsOn === undefined,
    )
    .map(({ result, rule, resource }) => `${result} ${rule}: ${resource}`)
    .sort();
}
