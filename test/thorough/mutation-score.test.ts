import { audit } from '../../lib/audit/audit';
import type { AuditReport } from '../../lib/audit/report/audit-report';
import { RULES } from '../../lib/audit/rules';
import { parseInput } from '../../lib/audit/stack/parse-input';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { kmsIdentityPolicy, s3IdentityPolicy } from '../../lib/policy/identity-policies';
import { certificateMutants } from '../audit/certificate-mutations';
import { foreignMutants } from '../audit/foreign-mutations';
import { grantingMutations, sparingMutations } from '../audit/granting-mutations';
import { isStricter, mutationsOf } from '../audit/mutations';
import { policySlips } from '../audit/policy-slips';
import { refusedMutants } from '../audit/refused-mutations';
import { slippingMutants } from '../audit/slipping-mutations';
import { smuggledMutants } from '../audit/smuggled-mutations';
import { stackMutants, swappedMutants } from '../audit/stack-mutations';
import { tooStrictMutants } from '../audit/strict-mutations';
import { foreignRoleEnvironment } from '../support/foreign-role';
import { EXAMPLES, FIXTURES, loadExample, synthesizeStack } from '../support/synthesize';

/** The classifications that this audit never makes a failure of: see decision 006. */
const NEVER_FAIL = ['access-analyzer', 'bucket-mfa-delete', 'bucket-object-events', 'bucket-replication'];
/** Rules that only a plan can break; the tests of plans break them. */
const OF_PLANS = ['plan-fits-stack', 'plan-keeps-data'];

const FOREIGN_KEY = 'arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const FOREIGN = foreignRoleEnvironment();
const FOREIGN_STACK = synthesizeStack(FOREIGN).text;
/** Policies that the role's owner attaches; without them, the audit of the sound stack would be in doubt already. */
const ROLE_POLICIES = [
  { name: 's3.json', text: JSON.stringify(s3IdentityPolicy(FOREIGN, FOREIGN.capabilities)) },
  { name: 'kms.json', text: JSON.stringify(kmsIdentityPolicy(FOREIGN, { current: FOREIGN_KEY })) },
];

/** Rules that only an account base can break; test/audit/account-base breaks them. */
const OF_ACCOUNT_BASES = ['account-base-alone', 'log-bucket-delivery', 'log-bucket-settings'];

/** Rules that only a stack with kept statements can break; test/audit/kept-statements breaks them. */
const OF_KEPT_STATEMENTS = ['bucket-policy-kept'];

const TEXTS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    [EXAMPLES, 'aes-256'],
    [EXAMPLES, 'aws-kms'],
    [FIXTURES, 'existing-key'],
  ].map(([folder = '', name = '']) => [name, synthesizeStack(loadExample(folder, name)).text]),
);

const MADE_ANCHOR = synthesizeStack(loadExample(FIXTURES, 'made-anchor')).text;

/** The environments that are mutated, besides the one whose role is of another account. */
const MUTATED = ['aws-kms', 'aes-256'];

interface Mutant {
  readonly kind: string;
  readonly name: string;
  readonly text: string;
  /** The rule that is aimed at it; any will do for a policy, whose every element is changed. */
  readonly rule?: string;
}

function mutantsOf(name: string): readonly Mutant[] {
  const text = TEXTS[name] ?? '';
  const policies = [
    ...mutationsOf(text).filter((one) => !isStricter(one)),
    ...grantingMutations(text),
    ...sparingMutations(text),
  ].map(({ kind, name: what, stackText }) => ({
    kind: `policy: ${kind}`,
    name: what,
    text: stackText,
  }));
  const swapped = Object.entries(TEXTS).flatMap(([other, otherText]) =>
    other === name ? [] : swappedMutants(text, otherText),
  );
  return [
    ...policies,
    ...stackMutants(text),
    ...smuggledMutants(text),
    ...slippingMutants(text),
    ...policySlips(text),
    ...refusedMutants(text),
    ...tooStrictMutants(text),
    ...swapped,
  ].map((mutant) => ({
    ...mutant,
    name: `${name}: ${mutant.name}`,
  }));
}

let catalogue: Catalogue;

beforeAll(async () => {
  const loaded = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
  // The other services cannot make a difference to these mutants, but for a pattern that fits them all.
  catalogue = { ...loaded, knownServices: loaded.services };
});

function auditText(name: string, text: string, rolePolicies: typeof ROLE_POLICIES = []): AuditReport {
  const stack = parseInput(text, name);
  const tool = { name: 'test', version: '0' };
  return audit({ name, stack, catalogue, inputs: [], tool, asOf: '2026-11-25', given: { rolePolicies } });
}

function problemsOf(report: AuditReport): readonly string[] {
  return report.findings
    .filter(({ result, waiver }) => (result === 'fail' || result === 'unknown') && waiver === undefined)
    .map(({ rule, detail }) => `${rule}: ${detail}`);
}

describe('the examples', () => {
  test.each([
    { name: 'aes-256', waived: ['bucket-kms-encryption'] },
    { name: 'aws-kms', waived: [] },
  ])('$name passes, with no waiver but those that its encryption method forces', ({ name, waived }) => {
    const report = auditText(name, TEXTS[name] ?? '');
    expect({ verdict: report.verdict, problems: problemsOf(report) }).toEqual({ verdict: 'pass', problems: [] });
    expect(report.findings.filter(({ waiver }) => waiver).map(({ rule, waiver }) => [rule, waiver?.source])).toEqual(
      waived.map((rule) => [rule, 'generated']),
    );
  });

  test('a role of another account passes where its policies are given', () => {
    expect(problemsOf(auditText('foreign-role', FOREIGN_STACK, ROLE_POLICIES))).toEqual([]);
  });

  test('an environment with an existing key and no access log fails for the log alone', () => {
    expect(
      problemsOf(auditText('existing-key', TEXTS['existing-key'] ?? '')).map((line) => line.split(':')[0]),
    ).toEqual(['bucket-access-logging']);
  });
});

test('the audit catches every defective variant, by the rule that is aimed at it', () => {
  const mutants = [...MUTATED.flatMap(mutantsOf), ...certificateMutants(MADE_ANCHOR), ...foreignMutants(FOREIGN_STACK)];
  const scores = new Map<string, { caught: number; total: number }>();
  const aimed = new Set<string>();
  const uncaught: string[] = [];
  for (const { kind, name, text, rule } of mutants) {
    const report = auditText(name, text, kind === 'foreign role' ? ROLE_POLICIES : []);
    const problems = problemsOf(report).map((line) => line.split(':')[0]);
    const isCaught = report.verdict !== 'pass' && (rule === undefined || problems.includes(rule));
    if (!isCaught)
      uncaught.push(`${kind}: ${name} (${rule ?? 'any rule'}); got: ${problems.join(', ') || report.verdict}`);
    if (rule !== undefined) aimed.add(rule);
    const { caught, total } = scores.get(kind) ?? { caught: 0, total: 0 };
    scores.set(kind, { caught: caught + (isCaught ? 1 : 0), total: total + 1 });
  }
  for (const [kind, { caught, total }] of scores) process.stdout.write(`${caught} of ${total}  ${kind}\n`);
  expect(uncaught).toEqual([]);
  expect(mutants.length).toBeGreaterThanOrEqual(200);
  const untouched = RULES.map(({ id }) => id).filter((id) => !aimed.has(id));
  const neverAimedAt = [...NEVER_FAIL, ...OF_PLANS, ...OF_ACCOUNT_BASES, ...OF_KEPT_STATEMENTS];
  expect(untouched.sort()).toEqual(neverAimedAt.sort());
}, 600_000);
