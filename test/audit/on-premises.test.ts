import { audit } from '../../lib/audit/audit';
import { parseInput } from '../../lib/audit/stack/parse-input';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { EXAMPLES, exampleStack, FIXTURES } from '../support/synthesize';
import { certificateMutants } from './certificate-mutations';

const MADE = exampleStack(FIXTURES, 'made-anchor').text;
const NAMED = exampleStack(FIXTURES, 'named-anchor').text;

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

function findingsOf(text: string, asOf = '2026-11-29') {
  const document = parseInput(text, 'cdk.tf.json');
  const tool = { name: 'test', version: '0' };
  return audit({ name: 'on-premises', stack: document, catalogue, inputs: [], tool, asOf }).findings;
}

const OF_CERTIFICATES = [
  'permission-proof',
  'role-trust',
  'trust-anchor',
  'roles-anywhere-profile',
  'certificate-revocation',
  'certificate-expiry-notice',
  'instance-profile',
  'instance-metadata',
];

test.each([
  {
    name: 'made in the stack',
    text: MADE,
    results: ['pass', 'pass', 'pass', 'pass', 'pass', 'pass', 'not-applicable', 'not-applicable'],
  },
  {
    name: 'that already exists',
    text: NAMED,
    results: ['pass', 'pass', 'inherited', 'pass', 'inherited', 'inherited', 'not-applicable', 'not-applicable'],
  },
  {
    name: 'in the example',
    text: exampleStack(EXAMPLES, 'on-premises').text,
    results: ['pass', 'pass', 'inherited', 'pass', 'pass', 'inherited', 'not-applicable', 'not-applicable'],
  },
])('the audit judges what it can of a trust anchor $name, and names who answers for the rest', ({ text, results }) => {
  const findings = findingsOf(text);
  const open = findings.filter(({ result, waiver }) => /fail|unknown/.test(result) && waiver === undefined);
  expect(open).toEqual([]);
  expect(findings.filter(({ rule }) => OF_CERTIFICATES.includes(rule)).map(({ result }) => result)).toEqual(results);
});

test.each(certificateMutants(MADE))('$rule catches $name', ({ rule, text }) => {
  const failed = findingsOf(text).filter(({ result }) => result === 'fail');
  expect(failed.map((finding) => finding.rule)).toContain(rule);
});

test('trust-anchor catches an authority that has expired by the day of the audit', () => {
  const failed = findingsOf(MADE, '2099-01-01').filter(({ result }) => result === 'fail');
  expect(failed.map(({ rule, detail }) => `${rule}: ${detail}`)).toEqual([
    expect.stringMatching(/^trust-anchor: 'O=Example, CN=Example Issuing CA' expired on \d{4}-/),
  ]);
});

test('a stack for EC2 fails for trust in IAM Roles Anywhere, however it is pinned', () => {
  const stack = JSON.parse(NAMED);
  const host = { kind: 'ec2', instanceProfileArn: 'arn:aws:iam::111122223333:instance-profile/vault' };
  stack.output.backup_environment.value.host = host;
  const failed = findingsOf(JSON.stringify(stack)).filter(({ result }) => result === 'fail');
  expect(failed.find(({ rule }) => rule === 'role-trust')?.detail).toContain(
    'the trust policy names Service rolesanywhere.amazonaws.com',
  );
});
