import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { createAuthority, revoke, revokeUntil } from '../../simulated-aws/rolesanywhere/certificate-authority';
import type { ControlPlaneDefect, StatementDocument, Target } from './defect';

const idOf = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1);

const anchor =
  (method: string, action = '', body?: object) =>
  ({ rolesAnywhere, trustAnchorArn }: Target) =>
    rolesAnywhere(method, `/trustanchor/${idOf(trustAnchorArn)}${action}`, body);
const profile =
  (method: string, action = '', body?: object) =>
  ({ rolesAnywhere, profileArn }: Target) =>
    rolesAnywhere(method, `/profile/${idOf(profileArn)}${action}`, body);

/** Makes the trust policy another one, of one statement. */
const trust =
  (edit: (statement: StatementDocument, target: Target) => object) =>
  (target: Target): Promise<unknown> => {
    const Statement = target.statements.trust.map((statement) => ({ ...statement, ...edit(statement, target) }));
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    return target.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: target.roleName, PolicyDocument }));
  };

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const conditions = (edit: (given: Conditions) => Conditions) =>
  trust(({ Condition }) => ({ Condition: edit(Condition as Conditions) }));

/** Puts certificates into the trust anchor. */
const bundle = (make: (held: string) => Promise<string>) => async (target: Target) => {
  const held = target.state.rolesAnywhere.trustAnchors.get(idOf(target.trustAnchorArn))?.source;
  const x509CertificateData = await make(held?.type === 'CERTIFICATE_BUNDLE' ? held.x509CertificateData : '');
  const source = { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData } };
  return anchor('PATCH', '', { source })(target);
};

/** Puts another list in the place of the one that there is. */
const revocationList = (make: () => Promise<string>) => async (target: Target) => {
  const crlData = Buffer.from(await make()).toString('base64');
  return target.rolesAnywhere('PATCH', `/crl/${crlOf(target)}`, { crlData });
};

const crlOf = ({ state, trustAnchorArn }: Target): string => {
  const found = [...state.rolesAnywhere.crls.values()].find((crl) => crl.trustAnchorArn === trustAnchorArn);
  if (found === undefined) throw new Error('the trust anchor has no list');
  return found.id;
};

const AUTHORITY = 'CN=Example Issuing CA';
const DAY_MS = 86_400_000;

/** Somebody with a certificate of the authority, who got a session. */
function seeSubject({ state, trustAnchorArn }: Target): void {
  const seenAt = new Date('2026-05-04T03:02:01Z');
  const id = crypto.randomUUID();
  // As the authority of the stack is called.
  const credential = {
    serialNumber: '1',
    issuer: 'CN=Example Issuing CA,O=Example',
    certificatePem: '',
    seenAt,
    hasFailed: false,
  };
  state.rolesAnywhere.subjects.set(id, {
    ...{ id, isEnabled: true, createdAt: seenAt, updatedAt: seenAt, lastSeenAt: seenAt, tags: new Map() },
    arn: trustAnchorArn.replace(/trust-anchor.*/, `subject/${id}`),
    x509Subject: 'CN=laptop-7.example.com',
    credentials: new Map([['1', credential]]),
  });
}

const MADE = { environment: 'made-anchor' } as const;
const NAMED = { environment: 'named-anchor' } as const;
const CN = 'aws:PrincipalTag/x509Subject/CN';

/** The rows of hosts that show a certificate. */
export const CERTIFICATE_DEFECTS: readonly ControlPlaneDefect[] = [
  {
    ...MADE,
    name: 'a disabled trust anchor',
    make: anchor('POST', '/disable'),
    caughtBy: 'trust-anchor',
    says: 'is disabled: no host gets a session',
  },
  {
    ...NAMED,
    name: 'an existing trust anchor that is disabled',
    make: anchor('POST', '/disable'),
    caughtBy: 'trust-anchor',
    says: 'is disabled: no host gets a session',
  },
  {
    ...MADE,
    name: 'a trust anchor that is gone',
    make: anchor('DELETE'),
    caughtBy: 'trust-anchor',
    says: 'does not exist',
  },
  {
    ...MADE,
    name: 'a trust anchor with another authority of the same name',
    make: bundle(async () => (await createAuthority({ subject: AUTHORITY })).pem),
    caughtBy: 'trust-anchor',
    says: 'Certificates was audited as',
  },
  {
    ...MADE,
    name: 'a trust anchor with a second authority',
    make: bundle(async (held) => `${held}\n${(await createAuthority({ subject: 'CN=Other' })).pem}`),
    caughtBy: 'trust-anchor',
    says: 'Certificates was audited as',
  },
  {
    ...MADE,
    name: 'a disabled profile',
    make: profile('POST', '/disable'),
    caughtBy: 'roles-anywhere-profile',
    says: 'Enabled was audited as true and is false',
  },
  {
    ...MADE,
    name: 'a profile without the role',
    make: profile('PATCH', '', { roleArns: [] }),
    caughtBy: 'roles-anywhere-profile',
    says: 'RoleArns was audited as arn:aws:iam::111122223333:role/vault-backup-made-anchor and is not set',
  },
  {
    ...MADE,
    name: 'a profile with a second role',
    make: (target) =>
      profile('PATCH', '', { roleArns: [target.roleArn, 'arn:aws:iam::111122223333:role/admin'] })(target),
    caughtBy: 'roles-anywhere-profile',
    says: 'role/admin',
  },
  {
    ...NAMED,
    name: 'a profile with sessions of half a day',
    make: profile('PATCH', '', { durationSeconds: 43_200 }),
    caughtBy: 'roles-anywhere-profile',
    says: 'DurationSeconds was audited as 3600 and is 43200',
  },
  {
    ...MADE,
    name: 'a profile whose session policy takes permissions from the role',
    make: profile('PATCH', '', {
      sessionPolicy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: '*', Resource: '*' },
          { Effect: 'Deny', Action: 's3:AbortMultipartUpload', Resource: '*' },
        ],
      }),
    }),
    caughtBy: 'roles-anywhere-profile',
    says: 'SessionPolicy is',
  },
  {
    ...MADE,
    name: 'a profile with a managed policy',
    make: profile('PATCH', '', { managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }),
    caughtBy: 'roles-anywhere-profile',
    says: 'ManagedPolicyArns is arn:aws:iam::aws:policy/AdministratorAccess',
  },
  {
    ...MADE,
    name: 'a profile that lets the client name the session',
    make: profile('PATCH', '', { acceptRoleSessionName: true }),
    caughtBy: 'roles-anywhere-profile',
    says: 'AcceptRoleSessionName was audited as false and is true',
  },
  {
    ...MADE,
    name: 'a profile that makes no tags from the subject',
    make: ({ rolesAnywhere, profileArn }) =>
      rolesAnywhere('DELETE', `/profiles/${idOf(profileArn)}/mappings?certificateField=x509Subject`),
    caughtBy: 'roles-anywhere-profile',
    says: 'It makes no tag of x509Subject/CN, which the trust policy asks for',
  },
  {
    ...NAMED,
    name: 'no revocation list',
    make: (target) => target.rolesAnywhere('DELETE', `/crl/${crlOf(target)}`),
    caughtBy: 'certificate-revocation',
    says: 'The trust anchor has no revocation list',
  },
  {
    ...NAMED,
    name: 'a disabled revocation list',
    make: (target) => target.rolesAnywhere('POST', `/crl/${crlOf(target)}/disable`),
    caughtBy: 'certificate-revocation',
    says: "'revoked' is disabled",
  },
  {
    ...NAMED,
    name: 'an outdated revocation list',
    make: revocationList(async () =>
      revokeUntil(new Date(Date.now() - DAY_MS), await createAuthority({ subject: AUTHORITY })),
    ),
    caughtBy: 'certificate-revocation',
    says: "'revoked' is out of date since 20",
  },
  {
    ...NAMED,
    name: 'a revocation list of another authority',
    make: revocationList(async () => revoke(await createAuthority({ subject: 'CN=Other' }))),
    caughtBy: 'certificate-revocation',
    says: "'revoked' is of CN=Other, not of CN=Example Issuing CA",
  },
  {
    ...NAMED,
    name: 'a revocation list that another authority of the same name signed',
    make: revocationList(async () => revoke(await createAuthority({ subject: AUTHORITY }))),
    caughtBy: 'certificate-revocation',
    says: "'revoked' names CN=Example Issuing CA, and is signed by somebody else",
  },
  {
    ...MADE,
    name: 'somebody else with a certificate of the authority',
    make: async (target) => seeSubject(target),
    undo: ({ state }) => state.rolesAnywhere.subjects.clear(),
    caughtBy: 'certificate-subjects',
    says: 'gave a session to CN=laptop-7.example.com (last seen 2026-05-04T03:02:01.000Z)',
  },
  {
    ...MADE,
    name: 'an instance profile with the role of a host outside AWS',
    make: async ({ iam, roleName: RoleName, suffix }) => {
      const InstanceProfileName = `beside${suffix}`;
      await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
      await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }));
    },
    caughtBy: 'instance-profile',
    says: 'instance-profile/beside, and its host is outside of AWS',
  },
  {
    ...MADE,
    name: 'a trust policy without the trust anchor',
    make: conditions(({ ArnEquals: _, ...others }) => others),
    caughtBy: 'role-trust',
    says: 'in more circumstances (aws:PrincipalTag/x509Subject/CN: vault-1.example.com or vault-2.example.com; aws:PrincipalTag/x509Issuer/CN: Example Issuing CA)',
  },
  {
    ...MADE,
    name: 'a trust policy with another trust anchor',
    make: trust(({ Condition }, { trustAnchorArn }) => ({
      Condition: {
        ...(Condition as Conditions),
        ArnEquals: { 'aws:SourceArn': `${trustAnchorArn.slice(0, -4)}0000` },
      },
    })),
    caughtBy: 'role-trust',
    says: 'in other circumstances (aws:SourceArn: ',
  },
  {
    ...MADE,
    name: 'a trust policy without host names',
    make: conditions(({ StringEquals = {}, ...others }) => {
      const { [CN]: _, ...rest } = StringEquals;
      return { ...others, StringEquals: rest };
    }),
    caughtBy: 'role-trust',
    says: 'aws:PrincipalTag/x509Issuer/CN: Example Issuing CA), by',
  },
  {
    ...MADE,
    name: 'a trust policy without the name of the authority',
    make: conditions(({ StringEquals = {}, ...others }) => ({ ...others, StringEquals: { [CN]: StringEquals[CN] } })),
    caughtBy: 'role-trust',
    says: 'aws:PrincipalTag/x509Subject/CN: vault-1.example.com or vault-2.example.com), by',
  },
  {
    ...NAMED,
    name: 'a trust policy that takes any name',
    make: conditions(({ StringEquals: _, ...others }) => ({ ...others, StringLike: { [CN]: '*' } })),
    caughtBy: 'role-trust',
    says: 'sts:AssumeRole on the role in more circumstances (aws:SourceArn: ',
  },
  {
    ...NAMED,
    name: 'a trust policy that takes certificates without a name',
    make: conditions(({ StringEquals = {}, ...others }) => ({ ...others, StringEqualsIfExists: StringEquals })),
    caughtBy: 'role-trust',
    says: 'sts:AssumeRole on the role in more circumstances (aws:SourceArn: ',
  },
  {
    ...MADE,
    name: 'a trust policy without sts:TagSession',
    make: trust(() => ({ Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'] })),
    caughtBy: 'role-trust',
    says: 'can no longer do sts:TagSession',
  },
  {
    ...MADE,
    name: 'a trust policy without sts:SetSourceIdentity',
    make: trust(() => ({ Action: ['sts:AssumeRole', 'sts:TagSession'] })),
    caughtBy: 'role-trust',
    says: 'can no longer do sts:SetSourceIdentity',
  },
];
