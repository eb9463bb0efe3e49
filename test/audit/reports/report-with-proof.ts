import { provePermissions } from '../../../lib/audit/permission-proof/prove';
import { readStackPolicies } from '../../../lib/audit/policies/stack-policies';
import type { AuditReport } from '../../../lib/audit/report/audit-report';
import { loadServices } from '../../../lib/catalogue';
import { EXAMPLES, loadExample, synthesizeStack } from '../../support/synthesize';
import { EXAMPLE_REPORT } from './example-report';

/** No report differs by what is proven of the actions of other services. */
const CONCERNED = ['ec2', 'iam', 'kms', 's3', 'sts'];

/** The example with a proof, one claim of which is broken. */
export async function reportWithProof(): Promise<AuditReport> {
  const policies = readStackPolicies(synthesizeStack(loadExample(EXAMPLES, 'aws-kms')).text, 'aws-kms');
  const declared = { ...policies.declared, capabilities: ['backup'] };
  return {
    ...EXAMPLE_REPORT,
    proof: provePermissions({ policies: { ...policies, declared }, catalogue: await loadServices(CONCERNED) }),
  };
}
