import { timeOnDemand } from './time-on-demand';

/** A Sid that no policy has had makes the environment one of its own, with which nothing is shared. */
void timeOnDemand(async (load) => {
  const { audit } = load<typeof import('../../lib/audit/audit')>('lib/audit/audit');
  const { parseInput } = load<typeof import('../../lib/audit/parse-input')>('lib/audit/parse-input');
  const { loadCatalogue } = load<typeof import('../../lib/catalogue')>('lib/catalogue');
  const { EXAMPLES, loadExample, synthesizeStack } =
    load<typeof import('../../test/support/synthesize')>('test/support/synthesize');
  const catalogue = await loadCatalogue();
  const name = 'aws-kms';
  const { text } = synthesizeStack(loadExample(EXAMPLES, name));
  const tool = { name: 'bench', version: '0' };
  let number = 0;
  return () => {
    number += 1;
    const stack = parseInput(text.replaceAll('RemoveProbes', `RemoveProbes${number}`), name);
    return audit({ name, stack, catalogue, inputs: [], tool, asOf: '2026-01-01' });
  };
});
