import type { Load } from './time-on-demand';

/** An auditor of the example with a key, and the text of its stack. */
export async function prepareAudit(load: Load) {
  const { audit } = load<typeof import('../../lib/audit/audit')>('lib/audit/audit');
  const { parseInput } = load<typeof import('../../lib/audit/stack/parse-input')>(
    'lib/audit/stack/parse-input',
    'lib/audit/parse-input',
  );
  const { loadCatalogue } = load<typeof import('../../lib/catalogue')>('lib/catalogue/index');
  const { EXAMPLES, loadExample, synthesizeStack } =
    load<typeof import('../../test/support/synthesize')>('test/support/synthesize');
  const catalogue = await loadCatalogue();
  const name = 'aws-kms';
  const tool = { name: 'bench', version: '0' };
  const auditText = (text: string) =>
    audit({ name, stack: parseInput(text, name), catalogue, inputs: [], tool, asOf: '2026-01-01' });
  return { text: synthesizeStack(loadExample(EXAMPLES, name)).text, auditText };
}
