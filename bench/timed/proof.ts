import { timeOnDemand } from './time-on-demand';

void timeOnDemand(async (load) => {
  const { provePermissions } = load<typeof import('../../lib/audit/permission-proof/prove')>(
    'lib/audit/permission-proof/prove',
  );
  const { readStackPolicies } = load<typeof import('../../lib/audit/policies/stack-policies')>(
    'lib/audit/policies/stack-policies',
    'lib/audit/stack-policies',
  );
  const { loadCatalogue } = load<typeof import('../../lib/catalogue')>('lib/catalogue');
  const { EXAMPLES, loadExample, synthesizeStack } =
    load<typeof import('../../test/support/synthesize')>('test/support/synthesize');
  const catalogue = await loadCatalogue();
  const { text } = synthesizeStack(loadExample(EXAMPLES, 'aws-kms'));
  return () => provePermissions({ policies: readStackPolicies(text, 'aws-kms'), catalogue });
});
