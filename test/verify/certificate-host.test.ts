import { randomUUID, X509Certificate } from 'node:crypto';
import { UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { connectAws } from '../../lib/aws/connect';
import type { BackupEnvironment } from '../../lib/backup-environment/schema';
import { onPremisesTrustPolicy } from '../../lib/hosts/on-premises/trust-policy';
import { prepareAccount } from '../../lib/rehearsal/prepare-account';
import { importTrustAnchor, type SimulatedAccount, startSimulatedAccount } from '../../lib/simulated-aws';
import { verify } from '../../lib/verify/verify';
import { createAuthority, type Issued, issue } from '../simulated-aws/rolesanywhere/certificate-authority';
import { ask } from '../simulated-aws/rolesanywhere/control-plane';
import { askForSession } from '../simulated-aws/rolesanywhere/session-client';
import { type Administrator, administratorOf, deployStack } from '../support/deploy-stack';
import { FIXTURES, loadExample, synthesizeStack } from '../support/synthesize';
import { allBut } from './all-but';

// Live defects of a host that shows a certificate, as the host's half of a verification meets them.

const NAME = 'vault-1.example.com';
const ISSUER = 'Example Issuing CA';
const PROFILE = '${aws_rolesanywhere_profile.vault.arn}';
const ROLE_NAME = 'vault-backup-named-anchor';
/** Checks that the defects can touch: all that the session may do is in the tables of the other kinds. */
const ASKED = ['role-identity', 'object-put', 'object-list', 'multipart-abort'];
const saved = process.env;

interface Live {
  readonly account: SimulatedAccount;
  readonly administrator: Administrator;
  readonly config: BackupEnvironment;
  readonly anchor: string;
  readonly profile: string;
  readonly root: Issued;
}

/** The certificate that the host shows, and its request for a session. */
interface Shown {
  readonly leaf: Issued;
  readonly intermediates?: readonly Issued[];
  readonly body?: object;
}

let live: Live;

beforeEach(async () => {
  const environment = loadExample(FIXTURES, 'named-anchor');
  const anchor = environment.host.kind === 'on-premises' ? (environment.host.trustAnchor.arn ?? '') : '';
  const account = await startSimulatedAccount({ accountId: '111122223333', region: 'us-east-2' });
  prepareAccount(account.state, environment);
  const root = await createAuthority({ subject: `CN=${ISSUER}` });
  importTrustAnchor(account.state, anchor, root.pem);
  const roleArns = [`arn:aws:iam::111122223333:role/${ROLE_NAME}`];
  const made = await ask(account, {
    method: 'POST',
    target: '/profiles',
    body: { name: 'vault', enabled: true, roleArns },
  });
  const { profileArn: profile } = made.body.profile as { profileArn: string };
  const administrator = administratorOf(account);
  const config = await deployStack(administrator, synthesizeStack(environment).text.replaceAll(PROFILE, profile));
  live = { account, administrator, config, anchor, profile, root };
});

afterEach(async () => {
  process.env = saved;
  await live.account.stop();
});

const patchProfile = (body: object) =>
  ask(live.account, { method: 'PATCH', target: `/profile/${live.profile.split('/')[1]}`, body });

const trustEverybody = () => {
  const { Statement } = onPremisesTrustPolicy({ trustAnchorArn: live.anchor, subject: { CN: [NAME] } });
  const opened = Statement.map(({ Condition: _pins, ...statement }) => statement);
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: opened });
  return live.administrator.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: ROLE_NAME, PolicyDocument }));
};

const SESSION_POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', NotAction: 's3:AbortMultipartUpload', Resource: '*' }],
};

async function verifyAs({ leaf, intermediates = [], body = {} }: Shown) {
  const { account, config, anchor, profile } = live;
  const arns = { trustAnchorArn: anchor, profileArn: profile, roleArn: config.aws.roleArn };
  const answer = await askForSession(account, { leaf, intermediates, region: 'us-east-2', body, ...arns });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  const [{ credentials }] = answer.body.credentialSet as [{ credentials: Readonly<Record<string, string>> }];
  process.env = {
    PATH: saved.PATH,
    AWS_ENDPOINT_URL: account.endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  };
  const { serialNumber, subject, issuer } = new X509Certificate(leaf.pem);
  const commonName = (name: string) => /^CN=(.*)$/m.exec(name)?.[1] ?? '';
  const file = '/etc/vault-backup/certificate.pem';
  const names = { commonName: commonName(subject), issuer: commonName(issuer) };
  const hostCertificate = { file, serialNumber: serialNumber.toLowerCase(), ...names };
  const without = allBut(...ASKED);
  const aws = connectAws({ region: 'us-east-2', caCertificatesPem: account.caCertificatePem });
  const times = { now: () => new Date(), randomId: randomUUID, timeoutMs: 0, settleMs: 0 };
  try {
    return await verify({ config, aws, without, hostCertificate, acceptsOtherEndpoints: true, ...times });
  } finally {
    aws.close();
  }
}

test('a host with a certificate that the config names is told by its serial number and its names', async () => {
  const leaf = await issue({ subject: `CN=${NAME}`, issuer: live.root });
  const { checks } = await verifyAs({ leaf });
  expect(checks.filter(({ result }) => result !== 'pass')).toEqual([]);
  expect(checks.find(({ id }) => id === 'role-identity')?.detail).toMatch(
    new RegExp(`has the serial number ${leaf.serialNumber} and is that of ${NAME}, issued by ${ISSUER}, as the config`),
  );
});

const DEFECTS: readonly {
  readonly name: string;
  readonly make: () => Promise<unknown>;
  readonly shown: () => Promise<Shown>;
  readonly caughtBy: string;
  readonly says: string;
}[] = [
  {
    name: 'trust was opened to every certificate, and the host has that of a laptop',
    make: trustEverybody,
    shown: async () => ({ leaf: await issue({ subject: 'CN=laptop-7.example.com', issuer: live.root }) }),
    caughtBy: 'role-identity',
    says: `is that of laptop-7.example.com, issued by ${ISSUER}; the config names ${NAME}`,
  },
  {
    name: 'trust was opened to every certificate, and the host has one without a common name',
    make: trustEverybody,
    shown: async () => ({ leaf: await issue({ subject: 'O=Example', issuer: live.root }) }),
    caughtBy: 'role-identity',
    says: `the config names ${NAME}`,
  },
  {
    name: 'the profile lets the client name its session, and the host does',
    make: () => patchProfile({ acceptRoleSessionName: true }),
    shown: async () => ({
      leaf: await issue({ subject: `CN=${NAME}`, issuer: live.root }),
      body: { roleSessionName: 'tomcat' },
    }),
    caughtBy: 'role-identity',
    says: 'its session is named tomcat, which is no serial number of a certificate',
  },
  {
    name: 'the session policy of the profile takes s3:AbortMultipartUpload away',
    make: () => patchProfile({ sessionPolicy: JSON.stringify(SESSION_POLICY) }),
    shown: async () => ({ leaf: await issue({ subject: `CN=${NAME}`, issuer: live.root }) }),
    caughtBy: 'multipart-abort',
    says: 'AccessDenied',
  },
];

test.each(DEFECTS)('$caughtBy sees that $name', async ({ make, shown, caughtBy, says }) => {
  await make();
  const { verdict, checks } = await verifyAs(await shown());
  const failed = checks.filter(({ result }) => result === 'fail');
  expect({ verdict, failed: failed.map(({ id }) => id) }).toEqual({ verdict: 'fail', failed: [caughtBy] });
  expect(JSON.stringify(failed)).toContain(says);
});
