import type { AuditReport } from '../../../lib/audit/audit-report';
import { provePermissions } from '../../../lib/audit/permission-proof/prove';
import { readStackPolicies } from '../../../lib/audit/stack-policies';
import { loadCatalogue } from '../../../lib/catalogue';
import { EXAMPLES, loadExample, synthesizeStack } from '../../support/synthesize';
import { EXAMPLE_REPORT } from './example-report';

/** The example with a proof, one claim of which is broken. */
export async function reportWithProof(): Promise<AuditReport> {
  const policies = readStackPolicies(synthesizeStack(loadExample(EXAMPLES, 'aws-kms')).text, 'aws-kms');
  const declared = { ...policies.declared, capabilities: ['backup'] };
  return {
    ...EXAMPLE_REPORT,
    proof: provePermissions({ policies: { ...policies, declared }, catalogue: await loadCatalogue() }),
  };
}
