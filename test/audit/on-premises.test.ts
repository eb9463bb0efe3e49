import { audit } from '../../lib/audit/audit';
import { roleTrust } from '../../lib/audit/rules/role-trust';
import { parseInput } from '../../lib/audit/stack/parse-input';
import { readSubject } from '../../lib/audit/subject/read-subject';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { EXAMPLES, exampleStack, FIXTURES } from '../support/synthesize';
import { certificateMutants } from './certificate-mutations';
import { findingsBy } from './one-rule';

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
  // An argument that nothing here reads is a doubt.
  const wanted = rule === 'arguments-understood' ? 'unknown' : 'fail';
  const found = findingsBy(rule, parseInput(text, 'cdk.tf.json'), catalogue, { asOf: '2026-11-29' });
  expect(found.map(({ result }) => result)).toContain(wanted);
});

test('trust-anchor catches an authority that has expired by the day of the audit', () => {
  const failed = findingsOf(MADE, '2099-01-01').filter(({ result }) => result === 'fail');
  expect(failed.map(({ rule, detail }) => `${rule}: ${detail}`)).toEqual([
    expect.stringMatching(/^trust-anchor: 'O=Example, CN=Example Issuing CA' expired on \d{4}-/),
  ]);
});

const INSTANCE = { vault: { name: 'vault', role: '${aws_iam_role.vault.name}' } };
const TRUST_OF_INSTANCES = {
  Sid: 'AssumeFromInstance',
  Effect: 'Allow',
  Principal: { Service: 'ec2.amazonaws.com' },
  Action: 'sts:AssumeRole',
};

// biome-ignore lint/suspicious/noExplicitAny: any part of a synthesized stack
type Stack = any;

const declareInstance = ({ output }: Stack) => {
  const instanceProfileArn = 'arn:aws:iam::111122223333:instance-profile/vault';
  output.backup_environment.value.host = { kind: 'ec2', instanceProfileArn };
};
const addInstance = ({ resource }: Stack) => {
  resource.aws_iam_instance_profile = INSTANCE;
};
const dropProfile = ({ resource }: Stack) => delete resource.aws_rolesanywhere_profile;
const trustInstances = ({ resource: { aws_iam_role } }: Stack) => {
  const policy = JSON.parse(aws_iam_role.vault.assume_role_policy);
  policy.Statement.push(TRUST_OF_INSTANCES);
  aws_iam_role.vault.assume_role_policy = JSON.stringify(policy);
};
const declareNothing = (stack: Stack) => delete stack.output;

const CERTIFICATES_NAMED = 'the trust policy names Service rolesanywhere.amazonaws.com';
const INSTANCES_NAMED = 'the trust policy names Service ec2.amazonaws.com';

describe('a role that trusts IAM Roles Anywhere, pinned, in a stack', () => {
  test.each<{ name: string; changes: readonly ((stack: Stack) => unknown)[]; detail: string | undefined }>([
    {
      name: 'that declares EC2 and makes an instance profile',
      changes: [declareInstance, addInstance, dropProfile],
      detail: CERTIFICATES_NAMED,
    },
    {
      name: 'that declares EC2 and makes neither profile',
      changes: [declareInstance, dropProfile],
      detail: CERTIFICATES_NAMED,
    },
    {
      name: 'that declares EC2, makes both profiles and trusts both',
      changes: [declareInstance, addInstance, trustInstances],
      detail: CERTIFICATES_NAMED,
    },
    { name: 'that trusts EC2 as well', changes: [trustInstances], detail: INSTANCES_NAMED },
    {
      name: 'that declares EC2, makes a profile for certificates and trusts both',
      changes: [declareInstance, trustInstances],
      detail: INSTANCES_NAMED,
    },
    {
      name: 'that declares nothing and trusts both',
      changes: [declareNothing, addInstance, trustInstances],
      detail: 'two kinds of hosts may assume it',
    },
    {
      name: 'that declares EC2 beside a profile for certificates alone',
      changes: [declareInstance],
      detail: undefined,
    },
  ])('$name is judged by what hands the role out', ({ changes, detail }) => {
    const stack = JSON.parse(NAMED);
    for (const change of changes) change(stack);
    const document = parseInput(JSON.stringify(stack), 'cdk.tf.json');
    const [outcome] = roleTrust.check(readSubject(document, catalogue));
    expect(outcome).toMatchObject(
      detail === undefined ? { result: 'pass' } : { result: 'fail', detail: expect.stringContaining(detail) },
    );
  });

  test('but declares EC2 fails for the output and for the proof', () => {
    const stack = JSON.parse(NAMED);
    declareInstance(stack);
    const failed = findingsOf(JSON.stringify(stack)).filter(({ result }) => result === 'fail');
    expect(failed.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['output-fits-stack', 'permission-proof']));
  });
});
