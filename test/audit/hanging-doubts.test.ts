import { audit } from '../../lib/audit/audit';
import type { Finding } from '../../lib/audit/report/audit-report';
import { RENDERERS } from '../../lib/audit/reports';
import { parseInput } from '../../lib/audit/stack/parse-input';
import type { WaiversFile } from '../../lib/audit/waivers/schema';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { EXAMPLES, loadExample, synthesizeStack } from '../support/synthesize';

const { text: EXAMPLE } = synthesizeStack(loadExample(EXAMPLES, 'aws-kms'));
let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

const POLICIES = [
  ['aws_iam_role', 'vault', 'assume_role_policy'],
  ['aws_iam_policy', 's3', 'policy'],
  ['aws_iam_policy', 'kms', 'policy'],
  ['aws_s3_bucket_policy', 'backup', 'policy'],
  ['aws_kms_key', 'backup', 'policy'],
] as const;

/** Ways in which a policy cannot be known or read. */
const WAYS: Readonly<Record<string, (text: string) => string>> = {
  'a principal or resource from a data source': (text) =>
    text
      .replace(/"(Resource|Service)":"[^"]*"/, '"$1":"${data.aws_arn.x.arn}"')
      .replace('"Principal":"*"', '"Principal":"${var.x}"'),
  'an operator that AWS does not know': (text) => {
    const { Statement, ...policy } = JSON.parse(text);
    const Condition = { StringMatches: { 'aws:username': 'x' } };
    return JSON.stringify({ ...policy, Statement: [{ ...Statement[0], Condition }, ...Statement.slice(1)] });
  },
  'text that is cut off': (text) => text.slice(0, -3),
};

const CASES = POLICIES.flatMap(([type, name, argument]) =>
  Object.entries(WAYS).map(([way, change]) => ({
    name: `${type}.${name} with ${way}`,
    type,
    of: name,
    argument,
    change,
  })),
);

function auditWith({ type, of, argument, change }: (typeof CASES)[number], waivers?: WaiversFile) {
  const stack = JSON.parse(EXAMPLE);
  stack.resource[type][of][argument] = change(stack.resource[type][of][argument]);
  const input = { name: 'x', stack: parseInput(JSON.stringify(stack), 'x'), catalogue, inputs: [] };
  const given = waivers && { waivers: { name: 'waivers.yaml', file: waivers } };
  return audit({ ...input, tool: { name: 't', version: '0' }, asOf: '2026-11-25', ...given });
}

const isOpen = ({ result, waiver }: Finding) => (result === 'fail' || result === 'unknown') && waiver === undefined;

test.each(CASES)('one policy that is not known is told once: $name', (one) => {
  const { findings, counts } = auditWith(one);
  const told = findings.filter((finding) => isOpen(finding) && finding.hangsOn === undefined);
  const hanging = findings.filter(({ hangsOn }) => hangsOn !== undefined);
  expect(told.map(({ resource }) => resource)).toEqual([`${one.type}.${one.of}`]);
  expect(new Set(hanging.map(({ hangsOn }) => hangsOn))).toEqual(new Set(told.map(({ id }) => id)));
  expect(hanging.map(({ rule }) => rule)).toContain('permission-proof');
  expect(counts.fail + counts.unknown).toBe(1);
});

/** Place that a waiver names: the finding's id without its rule. */
const placeOf = (finding: Finding | undefined) => finding?.id.slice(finding.rule.length + 1) ?? '';

describe('a doubt that hangs on another finding', () => {
  const ONE = CASES[4] as (typeof CASES)[number];

  test('is named by that finding in what people read, and a finding of its own in what programs read', () => {
    const report = auditWith(ONE);
    const options = { paint: (text: string) => text };
    expect(RENDERERS.text(report, options)).toContain('so these cannot be judged: ');
    expect(RENDERERS.text(report, options)).not.toContain('      rule      permission-proof');
    expect(JSON.parse(RENDERERS.json(report)).findings).toHaveLength(report.findings.length);
  });

  test('stands by itself once the other is waived', () => {
    const [cause] = auditWith(ONE).findings.filter((one) => isOpen(one) && one.hangsOn === undefined);
    const answers = { reason: 'known', owner: 'me', expires: '2026-12-31' };
    const file: WaiversFile = {
      waivers: [{ rule: cause?.rule ?? '', resource: placeOf(cause), ...answers }],
      accept: [],
    };
    const { verdict, findings } = auditWith(ONE, file);
    expect(findings.filter(({ hangsOn }) => hangsOn !== undefined)).toEqual([]);
    expect({ verdict, rules: findings.filter(isOpen).map(({ rule }) => rule) }).toEqual({
      verdict: 'unknown',
      rules: expect.arrayContaining(['permission-proof', 'no-second-step']),
    });
  });
});
