import { audit } from '../../lib/audit/audit';
import { parseInput } from '../../lib/audit/parse-input';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { EXAMPLES, loadExample, synthesizeStack } from '../support/synthesize';
import { smuggledMutants } from './smuggled-mutations';

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

test.each(smuggledMutants(synthesizeStack(loadExample(EXAMPLES, 'aws-kms')).text))(
  'what is smuggled in by $name is not passed: $rule',
  ({ text, rule }) => {
    const stack = parseInput(text, 'x');
    const tool = { name: 'test', version: '0' };
    const { verdict, findings } = audit({ name: 'x', stack, catalogue, inputs: [], tool, asOf: '2026-11-26' });
    const open = findings.filter(({ result, waiver }) => ['fail', 'unknown'].includes(result) && waiver === undefined);
    expect(verdict).not.toBe('pass');
    expect(open.map((finding) => finding.rule)).toContain(rule);
  },
);
