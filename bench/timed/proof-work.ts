import type { Load } from './time-on-demand';

/** The proof of the example with a key, to be done again and again. */
export async function prepareProof(load: Load): Promise<() => unknown> {
  const { provePermissions } = load<typeof import('../../lib/audit/permission-proof/prove')>(
    'lib/audit/permission-proof/prove',
  );
  const { readStackPolicies } = load<typeof import('../../lib/audit/policies/stack-policies')>(
    'lib/audit/policies/stack-policies',
    'lib/audit/stack-policies',
  );
  const { loadCatalogue } = load<typeof import('../../lib/catalogue')>('lib/catalogue/index');
  const { EXAMPLES, loadExample, synthesizeStack } =
    load<typeof import('../../test/support/synthesize')>('test/support/synthesize');
  const catalogue = await loadCatalogue();
  const { text } = synthesizeStack(loadExample(EXAMPLES, 'aws-kms'));
  return () => provePermissions({ policies: readStackPolicies(text, 'aws-kms'), catalogue });
}
