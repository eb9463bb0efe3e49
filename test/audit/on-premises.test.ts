import { audit } from '../../lib/audit/audit';
import { parseInput } from '../../lib/audit/stack/parse-input';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { EXAMPLES, exampleStack, FIXTURES } from '../support/synthesize';

const MADE = exampleStack(FIXTURES, 'made-anchor').text;
const NAMED = exampleStack(FIXTURES, 'named-anchor').text;
const KEY = ['-----BEGIN', 'PRIVATE KEY-----\nMA==\n-----END', 'PRIVATE KEY-----\n'].join(' ');

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

// biome-ignore lint/suspicious/noExplicitAny: any part of a synthesized stack
type Stack = any;
type Change = (stack: Stack) => void;

function findingsOf(text: string, change: Change = () => undefined, asOf = '2026-11-29') {
  const stack = JSON.parse(text);
  change(stack);
  const document = parseInput(JSON.stringify(stack), 'cdk.tf.json');
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
    name: 'that is made here',
    text: MADE,
    results: ['pass', 'pass', 'pass', 'pass', 'pass', 'pass', 'not-applicable', 'not-applicable'],
  },
  {
    name: 'that exists',
    text: NAMED,
    results: ['pass', 'pass', 'inherited', 'pass', 'inherited', 'inherited', 'not-applicable', 'not-applicable'],
  },
  {
    name: 'of the example',
    text: exampleStack(EXAMPLES, 'on-premises').text,
    results: ['pass', 'pass', 'inherited', 'pass', 'pass', 'inherited', 'not-applicable', 'not-applicable'],
  },
])('the audit says of a trust anchor $name what it can, and who answers for the rest', ({ text, results }) => {
  const findings = findingsOf(text);
  const open = findings.filter(({ result, waiver }) => /fail|unknown/.test(result) && waiver === undefined);
  expect(open).toEqual([]);
  expect(findings.filter(({ rule }) => OF_CERTIFICATES.includes(rule)).map(({ result }) => result)).toEqual(results);
});

const trust =
  (change: (statement: Stack) => void): Change =>
  ({
    resource: {
      aws_iam_role: { vault },
    },
  }) => {
    const policy = JSON.parse(vault.assume_role_policy);
    change(policy.Statement[0]);
    vault.assume_role_policy = JSON.stringify(policy);
  };
const anchor =
  (change: (anchor: Stack) => void): Change =>
  ({ resource }) =>
    change(resource.aws_rolesanywhere_trust_anchor.vault);
const profile =
  (change: (profile: Stack) => void): Change =>
  ({ resource }) =>
    change(resource.aws_rolesanywhere_profile.vault);
const told =
  (change: (host: Stack) => void): Change =>
  ({ output }) =>
    change(output.backup_environment.value.host);
const block = (given: Stack) => (Array.isArray(given) ? given[0] : given);

const CN = 'aws:PrincipalTag/x509Subject/CN';

test.each<{ rule: string; name: string; change: Change }>([
  { rule: 'role-trust', name: 'trust without an anchor', change: trust((one) => delete one.Condition.ArnEquals) },
  { rule: 'role-trust', name: 'trust without a name', change: trust((one) => delete one.Condition.StringEquals[CN]) },
  {
    rule: 'role-trust',
    name: 'trust without sts:TagSession',
    change: trust((one) => one.Action.splice(one.Action.indexOf('sts:TagSession'), 1)),
  },
  {
    rule: 'role-trust',
    name: 'EC2 beside IAM Roles Anywhere',
    change: ({ resource: { aws_iam_role } }) => {
      const policy = JSON.parse(aws_iam_role.vault.assume_role_policy);
      const Principal = { Service: 'ec2.amazonaws.com' };
      policy.Statement.push({ Sid: 'Instance', Effect: 'Allow', Principal, Action: 'sts:AssumeRole' });
      aws_iam_role.vault.assume_role_policy = JSON.stringify(policy);
    },
  },
  {
    rule: 'permission-proof',
    name: 'a name that the output does not tell',
    change: trust((one) => {
      one.Condition.StringEquals[CN] = ['vault-1.example.com', 'laptop-7.example.com'];
    }),
  },
  {
    rule: 'permission-proof',
    name: 'another anchor than the output tells',
    change: trust((one) => {
      one.Condition.ArnEquals['aws:SourceArn'] = 'arn:aws:rolesanywhere:us-east-2:111122223333:trust-anchor/other';
    }),
  },
  {
    rule: 'trust-anchor',
    name: 'an anchor that is disabled',
    change: anchor((one) => Object.assign(one, { enabled: false })),
  },
  { rule: 'trust-anchor', name: 'an anchor without enabled', change: anchor((one) => delete one.enabled) },
  { rule: 'trust-anchor', name: 'an anchor without prevent_destroy', change: anchor((one) => delete one.lifecycle) },
  {
    rule: 'trust-anchor',
    name: 'a private key in the certificates',
    change: anchor(({ source }) => {
      block(block(source).source_data).x509_certificate_data += KEY;
    }),
  },
  {
    rule: 'roles-anywhere-profile',
    name: 'no profile',
    change: ({ resource }) => delete resource.aws_rolesanywhere_profile,
  },
  { rule: 'roles-anywhere-profile', name: 'a profile without enabled', change: profile((one) => delete one.enabled) },
  {
    rule: 'roles-anywhere-profile',
    name: 'a second role',
    change: profile((one) => one.role_arns.push('arn:aws:iam::111122223333:role/x')),
  },
  {
    rule: 'roles-anywhere-profile',
    name: 'a session of half a day',
    change: profile((one) => Object.assign(one, { duration_seconds: 43_200 })),
  },
  {
    rule: 'roles-anywhere-profile',
    name: 'a session policy',
    change: profile((one) => Object.assign(one, { session_policy: '{}' })),
  },
  {
    rule: 'roles-anywhere-profile',
    name: 'a managed policy',
    change: profile((one) => Object.assign(one, { managed_policy_arns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] })),
  },
  {
    rule: 'roles-anywhere-profile',
    name: 'session names of the client',
    change: profile((one) => Object.assign(one, { accept_role_session_name: true })),
  },
  { rule: 'certificate-revocation', name: 'nothing that revokes', change: told((host) => delete host.revocation) },
  {
    rule: 'certificate-revocation',
    name: 'short-lived certificates of a year',
    change: told((host) => Object.assign(host.certificate, { maximumDays: 365 })),
  },
  {
    rule: 'certificate-expiry-notice',
    name: 'one notice of two',
    change: anchor((one) => one.notification_settings.pop()),
  },
  {
    rule: 'output-fits-stack',
    name: 'an anchor of the output that is another',
    change: told((host) =>
      Object.assign(host, { trustAnchorArn: 'arn:aws:rolesanywhere:us-east-2:111122223333:trust-anchor/x' }),
    ),
  },
  {
    rule: 'instance-profile',
    name: 'an instance profile beside the certificates',
    change: ({ resource }) => {
      resource.aws_iam_instance_profile = { vault: { name: 'vault', role: '${aws_iam_role.vault.name}' } };
    },
  },
])('$rule catches $name', ({ rule, change }) => {
  const failed = findingsOf(MADE, change).filter(({ result }) => result === 'fail');
  expect(failed.map((finding) => finding.rule)).toContain(rule);
});

test('trust-anchor catches an authority that has expired by the day of the audit', () => {
  const failed = findingsOf(MADE, undefined, '2099-01-01').filter(({ result }) => result === 'fail');
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
