import { audit } from '../../lib/audit/audit';
import type { AuditReport } from '../../lib/audit/report/audit-report';
import { parseInput } from '../../lib/audit/stack/parse-input';
import type { WaiversFile } from '../../lib/audit/waivers/schema';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import type { Environment } from '../../lib/config/environment';
import { EXAMPLES, FIXTURES, loadExample, synthesizeStack } from '../support/synthesize';

type Host = Environment['host'];

const NAMED = loadExample(FIXTURES, 'named-anchor');
const ATTACHED = loadExample(FIXTURES, 'attached-role');
const FOREIGN = loadExample(FIXTURES, 'foreign-role');
const ANCHOR = 'arn:aws:rolesanywhere:us-east-2:111122223333:trust-anchor/0f5c1a2b-3c4d-4e5f-8a6b-7c8d9e0f1a2b';
const OTHER_ANCHOR = ANCHOR.replace('0f5c', 'aaaa');
const BEFORE = 'vault-1.example.com';

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

function report(environment: Environment, more: { baseline?: AuditReport; accept?: readonly string[] } = {}) {
  const { baseline, accept = [] } = more;
  const stack = parseInput(synthesizeStack(environment).text, 'cdk.tf.json');
  const entries = accept.map((access) => ({ access, reason: 'agreed', owner: 'security', expires: '2027-01-01' }));
  return audit({
    ...{ name: 'x', stack, catalogue, inputs: [], tool: { name: 'test', version: '0' }, asOf: '2026-11-29' },
    ...(baseline && { baseline: { name: 'approved.json', report: baseline } }),
    waivers: { name: 'waivers.yaml', file: { waivers: [], accept: entries } as unknown as WaiversFile },
  });
}

const withHost = (environment: Environment, host: object): Environment => ({
  ...environment,
  host: { ...environment.host, ...host } as Host,
});
const names = (...CN: readonly string[]) => withHost(NAMED, { certificate: { subject: { CN } } });
const role = (environment: Environment, arn: string) => withHost(environment, { role: arn });

const session = (anchor: string, held: string) =>
  ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'].map(
    (action) =>
      `IAM Roles Anywhere/${action} on the role with aws:SourceArn: ${anchor}; aws:PrincipalTag/x509Subject/CN: ${held}`,
  );
const all = (arn: string) => `${arn}/* on all that the role may do`;

const ROLE = 'arn:aws:iam::111122223333:role/service/vault-instance';
const OTHER_ROLE = 'arn:aws:iam::111122223333:role/other-instance';
const AES = loadExample(EXAMPLES, 'aes-256');
const OWN_ROLE = 'arn:aws:iam::111122223333:role/vault-backup-aes-256';
const EXISTING = { kind: 'existing-role', role: OTHER_ROLE, attach: true, runBy: 'own' };
const placed = (host: object): Environment => ({ ...AES, host: host as Host });

describe('against what was approved, a role that the stack no longer gives its policies', () => {
  test.each<{ name: string; before: Environment; after: Environment; lost: readonly string[] }>([
    { name: 'is named when another role has its place', before: AES, after: placed(EXISTING), lost: [all(OWN_ROLE)] },
    {
      name: 'is named when its owner is to attach them',
      before: placed(EXISTING),
      after: placed({ ...EXISTING, attach: false }),
      lost: [all(OTHER_ROLE)],
    },
    {
      name: 'is named when the stack makes one instead',
      before: placed(EXISTING),
      after: AES,
      lost: [all(OTHER_ROLE)],
    },
    {
      name: 'is named when it is made under another name',
      before: AES,
      after: { ...AES, roleName: 'other' },
      lost: [all(OWN_ROLE)],
    },
    {
      name: 'is not named when its owner attached them, who may leave them there',
      before: placed({ ...EXISTING, attach: false }),
      after: placed({ ...EXISTING, attach: false, role: ROLE }),
      lost: [],
    },
    { name: 'is not named when it stays', before: AES, after: AES, lost: [] },
  ])('$name', ({ before, after, lost }) => {
    const { baseline } = report(after, { baseline: report(before) });
    const ofAll = baseline?.access?.lost.filter(({ action }) => action === '*') ?? [];
    expect(ofAll.map(({ id }) => id)).toEqual(lost);
  });

  test('is named once, where a key names it as well', () => {
    const before = loadExample(EXAMPLES, 'aws-kms');
    const { baseline } = report({ ...before, roleName: 'other' }, { baseline: report(before) });
    const own = 'arn:aws:iam::111122223333:role/vault-backup-aws-kms';
    expect(baseline?.access?.lost.filter(({ caller }) => caller === own).map(({ id }) => id)).toEqual([all(own)]);
  });
});

describe('against what was approved, an edit of the host', () => {
  test.each<{ name: string; before: Environment; after: Environment; gained: readonly string[] }>([
    {
      name: 'a name more',
      before: NAMED,
      after: names(BEFORE, 'vault-2.example.com'),
      gained: session(ANCHOR, 'vault-2.example.com'),
    },
    {
      name: 'two names in the place of one',
      before: NAMED,
      after: names('vault-2.example.com', 'laptop-7.example.com'),
      gained: session(ANCHOR, 'vault-2.example.com or laptop-7.example.com'),
    },
    { name: 'a name less', before: names(BEFORE, 'vault-2.example.com'), after: NAMED, gained: [] },
    {
      name: 'another trust anchor',
      before: NAMED,
      after: withHost(NAMED, { trustAnchor: { arn: OTHER_ANCHOR } }),
      gained: session(OTHER_ANCHOR, BEFORE),
    },
    {
      name: 'another role of the account',
      before: ATTACHED,
      after: role(ATTACHED, 'arn:aws:iam::111122223333:role/other-instance'),
      gained: [all('arn:aws:iam::111122223333:role/other-instance')],
    },
    {
      name: 'a role that exists in the place of the stack’s, under its name',
      before: NAMED,
      after: {
        ...NAMED,
        host: {
          kind: 'existing-role',
          role: 'arn:aws:iam::111122223333:role/vault-backup-named-anchor',
          attach: true,
          runBy: 'own',
        },
      },
      gained: [all('arn:aws:iam::111122223333:role/vault-backup-named-anchor')],
    },
    { name: 'who attaches the policies', before: ATTACHED, after: withHost(ATTACHED, { attach: false }), gained: [] },
  ])('$name gains what it lets in', ({ before, after, gained }) => {
    const { baseline } = report(after, { baseline: report(before) });
    expect(baseline?.access?.gained.map(({ id }) => id)).toEqual(gained);
  });

  test('another role of another account is named', () => {
    const arn = 'arn:aws:iam::444455556666:role/service/other-instance';
    const { baseline } = report(role(FOREIGN, arn), { baseline: report(FOREIGN) });
    expect(baseline?.access?.gained.map(({ id }) => id)).toContain(all(arn));
  });
});

test('what was accepted of one name covers no other', () => {
  const baseline = report(NAMED);
  const accept = session(ANCHOR, 'vault-2.example.com');
  const opened = (...CN: readonly string[]) =>
    report(names(...CN), { baseline, accept })
      .findings.filter(({ rule, result, waiver }) => rule === 'no-new-access' && result === 'fail' && !waiver)
      .map(({ detail }) => detail.replace(/.*CN: /, ''));
  expect(opened('vault-2.example.com')).toEqual([]);
  expect(opened(BEFORE, 'vault-2.example.com')).toEqual([]);
  expect(opened('laptop-7.example.com')).toEqual(['laptop-7.example.com']);
  expect(opened('vault-2.example.com', 'laptop-7.example.com')).toEqual([
    'vault-2.example.com or laptop-7.example.com',
  ]);
});
