import { join } from 'node:path';
import type { BackupEnvironment } from '../../lib/backup-environment';
import { onPremisesTrustPolicy } from '../../lib/hosts/on-premises/trust-policy';
import { rehearseHost } from '../../lib/rehearsal/hosts';
import type { Rehearsing } from '../../lib/rehearsal/rehearsing';
import { StepRunner } from '../../lib/rehearsal/step';
import type { CertificateHostOptions, SimulatedAccount } from '../../lib/simulated-aws';
import { readTrustPolicy } from '../../lib/simulated-aws/iam/entities/policy-document';
import { accountId, Clock, startAccount } from '../simulated-aws/account';
import { keepState } from '../simulated-aws/operations/prepared-state';
import { createAuthority, type Issued, issue, revoke } from '../simulated-aws/rolesanywhere/certificate-authority';
import { ask } from '../simulated-aws/rolesanywhere/control-plane';

const roleArn = `arn:aws:iam::${accountId}:role/vault`;
const subject = 'CN=vault-1.example';
const clock = new Clock();

let account: SimulatedAccount;
let root: Issued;
let issuing: Issued;
let leaf: Issued;
let anchorArn: string;
let profileArn: string;
let restore: () => void;

const idOf = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1);

/** A request of whoever runs the account; the ARN of what is made. */
async function control(method: string, target: string, body?: object): Promise<string> {
  const answer = await ask(account, { method, target, ...(body && { body }) });
  if (answer.status >= 300) throw new Error(JSON.stringify(answer));
  const [[member, made] = ['', {}]] = Object.entries(answer.body);
  return (made as Readonly<Record<string, string>>)[`${member}Arn`] ?? '';
}

function setTrust(change: (text: string) => string = (same) => same): void {
  const policy = onPremisesTrustPolicy({ trustAnchorArn: anchorArn, subject: { CN: ['vault-1.example'] } });
  account.state.iam.roles.set('vault', {
    name: 'vault',
    path: '/',
    id: 'AROAEXAMPLEEXAMPLE00',
    arn: roleArn,
    createdAt: clock.now(),
    tags: new Map(),
    trustPolicy: readTrustPolicy(account.state, change(JSON.stringify(policy))),
    maxSessionDurationSeconds: 3600,
    inlinePolicies: new Map(),
    attachedPolicyArns: [],
  });
}

beforeAll(async () => {
  account = await startAccount(clock);
  root = await createAuthority({ subject: 'CN=Root CA' });
  issuing = await createAuthority({ subject: 'CN=Issuing CA', issuer: root });
  leaf = await issue({ subject, issuer: issuing });
  const sourceData = { x509CertificateData: root.pem };
  const source = { sourceType: 'CERTIFICATE_BUNDLE', sourceData };
  anchorArn = await control('POST', '/trustanchors', { name: 'anchor', enabled: true, source });
  profileArn = await control('POST', '/profiles', { name: 'profile', enabled: true, roleArns: [roleArn] });
  setTrust();
});

beforeEach(() => {
  const { trustAnchors, profiles, crls, suppliedAuthorities } = account.state.rolesAnywhere;
  restore = keepState(trustAnchors, profiles, crls, suppliedAuthorities, account.state.iam.roles);
});

afterEach(() => restore());
afterAll(() => account.stop());

/** A certificate that the host brings, in place of one that the rehearsal makes. */
interface Brought {
  readonly leaf: Issued;
  readonly chain?: readonly Issued[];
}

/** The account, on which hosts have the certificate. */
function accountOf({ leaf: { der, keyPem }, chain = [] }: Brought): SimulatedAccount {
  const certificate = { certificateDer: der, chainDer: chain.map((above) => above.der), privateKeyPem: keyPem };
  const startCertificateHost = (options: CertificateHostOptions) =>
    account.startCertificateHost({ ...options, certificate });
  return { ...account, startCertificateHost };
}

/** Result of the rehearsal's step that gives the host its role. */
async function rehearse(
  brought: Brought | undefined,
  helper: 'process' | 'serve' = 'serve',
  commonName = 'vault-1.example',
) {
  const host = {
    ...{ kind: 'on-premises', trustAnchorArn: anchorArn, profileArn, helper, sessionSeconds: 3600, revocation: 'crl' },
    certificate: { subject: { CN: [commonName] } },
  };
  const runner = new StepRunner(
    'acme',
    () => undefined,
    () => 0,
  );
  const files = { write: () => undefined, path: (name: string) => `/rehearsal/${name}` };
  const rehearsing = { root: join(__dirname, '../..'), files, signal: new AbortController().signal, runner };
  const config = { aws: { roleArn }, host } as unknown as BackupEnvironment;
  const on = brought === undefined ? account : accountOf(brought);
  const started = await rehearseHost(on, config, rehearsing as unknown as Rehearsing);
  const [{ id, result, detail } = { id: '', result: '', detail: '' }] = runner.steps;
  return { step: `${id} ${result}`, detail, credentials: started?.credentials };
}

const granted: readonly (readonly [string, 'process' | 'serve', () => Brought | undefined])[] = [
  ['a stand-in', 'serve', () => undefined],
  ['a stand-in', 'process', () => undefined],
  ['an authority below the trust anchor', 'serve', () => ({ leaf, chain: [issuing] })],
];

test.each(granted)('a host with a certificate of %s gets its role through %s', async (_issuer, helper, brings) => {
  expect(await rehearse(brings(), helper)).toEqual({
    step: 'host pass',
    detail: `vault-1.example, signed by a stand-in for Rehearsal CA, through ${helper}`,
    credentials:
      helper === 'process'
        ? { AWS_CONFIG_FILE: '/rehearsal/aws-config', AWS_EC2_METADATA_DISABLED: 'true' }
        : { AWS_EC2_METADATA_SERVICE_ENDPOINT: expect.any(String), AWS_EC2_METADATA_V1_DISABLED: 'true' },
  });
});

interface Refusal {
  readonly name: string;
  /** Fault of the account. */
  readonly before?: () => unknown;
  /** Fault of the certificate; left out, a stand-in signs a good one. */
  readonly brings?: () => Brought | Promise<Brought>;
  readonly commonName?: string;
  /** AWS's code and words. */
  readonly told: string;
  /** Facts that AWS does not tell. */
  readonly because: readonly (string | RegExp)[];
}

const untrusted = 'AccessDeniedException: Untrusted signing certificate';
const unableToAssume = `AccessDeniedException: Unable to assume role for ${roleArn}`;
const undecided = (reason: string) => `  no policy decided: ${reason}`;

const refusals: readonly Refusal[] = [
  {
    name: 'of another authority with the same name',
    brings: async () => {
      const other = await createAuthority({ subject: 'CN=Issuing CA' });
      return { leaf: await issue({ subject, issuer: other }), chain: [issuing] };
    },
    told: untrusted,
    because: [
      undecided(
        "no chain of signatures leads from it, issued by 'CN=Issuing CA', through 'CN=Issuing CA' to 'CN=Root CA' of the trust anchor",
      ),
    ],
  },
  {
    name: 'with another common name',
    commonName: 'vault-9.example',
    told: unableToAssume,
    because: [
      `  sts:AssumeRole on ${roleArn}`,
      '    no resource-based policy allows it',
      /^ {2}that is, the trust policy does not allow sts:AssumeRole with aws:SourceArn '.*', .*aws:PrincipalTag\/x509Subject\/CN 'vault-9.example'/,
    ],
  },
  {
    name: 'that is revoked',
    brings: async () => {
      const crlData = Buffer.from(await revoke(issuing, leaf)).toString('base64');
      await control('POST', '/crls', { name: 'crl', crlData, enabled: true, trustAnchorArn: anchorArn });
      return { leaf, chain: [issuing] };
    },
    told: 'AccessDeniedException: Untrusted certificate. Revoked certificate',
    because: [
      undecided('an enabled revocation list of the trust anchor names it, or one between it and the trust anchor'),
    ],
  },
  {
    name: 'that has expired',
    brings: async () => ({
      leaf: await issue({ subject, issuer: issuing, notAfter: new Date(Date.now() - 60_000) }),
      chain: [issuing],
    }),
    told: 'AccessDeniedException: Untrusted certificate. Insufficient certificate',
    because: [/^ {2}no policy decided: it is valid from \S+ to \S+, and not at \S+$/],
  },
  {
    name: 'without its intermediate',
    brings: () => ({ leaf }),
    told: untrusted,
    because: [
      undecided(
        "no chain of signatures leads from it, issued by 'CN=Issuing CA', through nothing to 'CN=Root CA' of the trust anchor",
      ),
    ],
  },
  {
    name: 'whose trust anchor is disabled',
    before: () => control('POST', `/trustanchor/${idOf(anchorArn)}/disable`),
    told: untrusted,
    because: [undecided('the trust anchor is disabled')],
  },
  {
    name: 'whose profile is without the role',
    before: () => control('PATCH', `/profile/${idOf(profileArn)}`, { roleArns: [`${roleArn}-2`] }),
    told: unableToAssume,
    because: [undecided(`the profile lists ${roleArn}-2, not this one`)],
  },
  {
    name: 'whose role is without sts:TagSession in its trust policy',
    before: () => setTrust((text) => text.replace(',"sts:TagSession"', '')),
    told: unableToAssume,
    because: [
      `  sts:TagSession on ${roleArn}`,
      '    no resource-based policy allows it',
      /^ {2}that is, the trust policy does not allow sts:TagSession with aws:SourceArn '/,
    ],
  },
];

test.each(refusals)('a host with a certificate $name gets no role, and is told why', async (refusal) => {
  await refusal.before?.();
  const { step, detail = '', credentials } = await rehearse(await refusal.brings?.(), 'serve', refusal.commonName);
  const [told, denied, ...because] = detail.split('\n');
  expect({ step, told, credentials }).toEqual({
    step: 'host fail',
    told: `a session for the host must be given, got: ${refusal.told}`,
    credentials: undefined,
  });
  expect(denied).toMatch(/^\S+ CreateSession denied to /);
  expect(because).toEqual(
    refusal.because.map((line) => (typeof line === 'string' ? line : expect.stringMatching(line))),
  );
});
