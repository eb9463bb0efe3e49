/** Mutants of a stack for hosts that show a certificate, whose trust anchor it makes, each with the rule that is aimed at it. */

// biome-ignore lint/suspicious/noExplicitAny: any part of a synthesized stack
type Stack = any;
type Change = (stack: Stack) => void;

const KEY = ['-----BEGIN', 'PRIVATE KEY-----\nMA==\n-----END', 'PRIVATE KEY-----\n'].join(' ');

/** The certificate of a host, which is no authority. */
const LEAF = `
-----BEGIN CERTIFICATE-----
MIIBnTCCAUSgAwIBAgIUZxLcc4A3tCl2mSSPcPfr5jFRTQMwCgYIKoZIzj0EAwIw
HjEcMBoGA1UEAwwTdmF1bHQtMS5leGFtcGxlLmNvbTAeFw0yNjExMjkxOTA5NTRa
Fw00NjExMjQxOTA5NTRaMB4xHDAaBgNVBAMME3ZhdWx0LTEuZXhhbXBsZS5jb20w
WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAS0FsbgHyCdj6gBSGq+Ng9RDsUP0OS2
xpWYhpHzMEQqqbVh30pBgT5p4750gLXHoaGa72oiUcIdXljzb928lDyHo2AwXjAd
BgNVHQ4EFgQU4bXvNZTipgac13/OBhalD251GaMwHwYDVR0jBBgwFoAU4bXvNZTi
pgac13/OBhalD251GaMwDAYDVR0TAQH/BAIwADAOBgNVHQ8BAf8EBAMCB4AwCgYI
KoZIzj0EAwIDRwAwRAIgd4RUNgDFzPuz5LogbbrtWjh4X7kIgEjiRddSIELJB/AC
ID830g8WejdJslmiJw5Pb1demaCXT9KG+mm2EKB358mF
-----END CERTIFICATE-----
`;
const ELSEWHERE = 'arn:aws:rolesanywhere:us-west-2:111122223333:trust-anchor/0f5c1a2b-3c4d-4e5f-8a6b-7c8d9e0f1a2b';

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

const MUTATIONS: readonly { readonly rule: string; readonly name: string; readonly change: Change }[] = [
  { rule: 'role-trust', name: 'trust without an anchor', change: trust((one) => delete one.Condition.ArnEquals) },
  { rule: 'role-trust', name: 'trust without a name', change: trust((one) => delete one.Condition.StringEquals[CN]) },
  {
    rule: 'role-trust',
    name: 'trust without sts:TagSession',
    change: trust((one) => one.Action.splice(one.Action.indexOf('sts:TagSession'), 1)),
  },
  {
    rule: 'role-trust',
    name: 'EC2 trusted besides IAM Roles Anywhere',
    change: ({ resource: { aws_iam_role } }) => {
      const policy = JSON.parse(aws_iam_role.vault.assume_role_policy);
      const Principal = { Service: 'ec2.amazonaws.com' };
      policy.Statement.push({ Sid: 'Instance', Effect: 'Allow', Principal, Action: 'sts:AssumeRole' });
      aws_iam_role.vault.assume_role_policy = JSON.stringify(policy);
    },
  },
  {
    rule: 'permission-proof',
    name: 'a name that is not in the output',
    change: trust((one) => {
      one.Condition.StringEquals[CN] = ['vault-1.example.com', 'laptop-7.example.com'];
    }),
  },
  {
    rule: 'permission-proof',
    name: 'an anchor other than the one in the output',
    change: trust((one) => {
      one.Condition.ArnEquals['aws:SourceArn'] = 'arn:aws:rolesanywhere:us-east-2:111122223333:trust-anchor/other';
    }),
  },
  {
    rule: 'trust-anchor',
    name: 'a disabled anchor',
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
    rule: 'trust-anchor',
    name: 'the certificate of a host beside those of the authority',
    change: anchor(({ source }) => {
      block(block(source).source_data).x509_certificate_data += LEAF;
    }),
  },
  {
    rule: 'trust-anchor',
    name: 'the certificate of a host in place of the authority’s',
    change: anchor(({ source }) => {
      block(block(source).source_data).x509_certificate_data = LEAF;
    }),
  },
  {
    rule: 'trust-anchor',
    name: 'a source of another kind',
    change: anchor(({ source }) => Object.assign(block(source), { source_type: 'SELF_SIGNED_REPOSITORY' })),
  },
  {
    rule: 'role-trust',
    name: 'an anchor of another region, in the output as well',
    change: (stack) => {
      trust((one) => Object.assign(one.Condition.ArnEquals, { 'aws:SourceArn': ELSEWHERE }))(stack);
      told((host) => Object.assign(host, { trustAnchorArn: ELSEWHERE }))(stack);
    },
  },
  {
    rule: 'role-trust',
    name: 'an anchor of another account, in the output as well',
    change: (stack) => {
      const arn = ELSEWHERE.replace('us-west-2', 'us-east-2').replace('111122223333', '999988887777');
      trust((one) => Object.assign(one.Condition.ArnEquals, { 'aws:SourceArn': arn }))(stack);
      told((host) => Object.assign(host, { trustAnchorArn: arn }))(stack);
    },
  },
  {
    rule: 'role-trust',
    name: 'any anchor of the account',
    change: trust((one) => {
      const { ArnEquals: _, ...others } = one.Condition;
      const arn = 'arn:aws:rolesanywhere:us-east-2:111122223333:trust-anchor/*';
      one.Condition = { ...others, ArnLike: { 'aws:SourceArn': arn } };
    }),
  },
  {
    rule: 'permission-proof',
    name: 'a name of the output too few',
    change: trust((one) => {
      one.Condition.StringEquals[CN] = ['vault-1.example.com'];
    }),
  },
  {
    rule: 'output-fits-stack',
    name: 'an output with other certificates',
    change: told((host) => Object.assign(host.certificate.subject, { CN: ['vault-9.example.com'] })),
  },
  {
    rule: 'output-fits-stack',
    name: 'an output with other authorities than the trust anchor',
    change: told((host) => Object.assign(host, { authorities: ['CN=Another CA'] })),
  },
  {
    rule: 'output-fits-stack',
    name: 'an output without the authorities of the trust anchor',
    change: told((host) => delete host.authorities),
  },
  {
    rule: 'arguments-understood',
    name: 'an argument of the anchor that nobody reads',
    change: anchor((one) => Object.assign(one, { attribute_mappings: [] })),
  },
  {
    rule: 'arguments-understood',
    name: 'an argument of its source that nobody reads',
    change: anchor(({ source }) => Object.assign(block(source), { revocation: 'none' })),
  },
  {
    rule: 'arguments-understood',
    name: 'an argument of the profile that nobody reads',
    change: profile((one) => Object.assign(one, { require_instance_properties: true })),
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
    name: 'session names chosen by the client',
    change: profile((one) => Object.assign(one, { accept_role_session_name: true })),
  },
  { rule: 'certificate-revocation', name: 'no means of revocation', change: told((host) => delete host.revocation) },
  {
    rule: 'certificate-revocation',
    name: 'short-lived certificates of a year',
    change: told((host) => Object.assign(host.certificate, { maximumDays: 365 })),
  },
  {
    rule: 'certificate-expiry-notice',
    name: 'one of two expiry notices',
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
    name: 'an instance profile besides the certificates',
    change: ({ resource }) => {
      resource.aws_iam_instance_profile = { vault: { name: 'vault', role: '${aws_iam_role.vault.name}' } };
    },
  },
  {
    rule: 'role-trust',
    name: 'trust without sts:SetSourceIdentity',
    change: trust((one) => one.Action.splice(one.Action.indexOf('sts:SetSourceIdentity'), 1)),
  },
  {
    rule: 'role-trust',
    name: 'trust that asks for request tags',
    change: trust((one) => {
      const { [CN]: names, ...others } = one.Condition.StringEquals;
      one.Condition.StringEquals = { ...others, 'aws:RequestTag/x509Subject/CN': names };
    }),
  },
  {
    rule: 'roles-anywhere-profile',
    name: 'a profile for every role',
    change: profile((one) => Object.assign(one, { role_arns: ['*'] })),
  },
];

/** The stack with one defect, and the rule that is aimed at it. */
export function certificateMutants(text: string) {
  return MUTATIONS.map(({ rule, name, change }) => {
    const stack = JSON.parse(text);
    change(stack);
    return { kind: 'host with a certificate', rule, name, text: JSON.stringify(stack) };
  });
}
