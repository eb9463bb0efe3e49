import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer } from '../../lib/aws/answer';
import { askMetadata } from '../../lib/aws/credentials/ask-metadata';
import type { CredentialFacts } from '../../lib/aws/credentials/resolve-credentials';
import type { BackupEnvironment } from '../../lib/backup-environment';
import { wordsOnHost } from '../../lib/backup-environment/told-host';
import type { Examination, Finding } from '../../lib/doctor/examination';
import { type ExamineOptions, examine } from '../../lib/doctor/examine';
import { examineCredentials, examineIdentity } from '../../lib/doctor/examine-credentials';
import { examineMetadata } from '../../lib/doctor/examine-metadata';
import { askElsewhere, examineLocalService } from '../../lib/doctor/helper/examine-local-service';
import { examinationSchema } from '../../lib/doctor/schema';
import { renderExamination } from '../../lib/doctor/text-report';
import { ToolkitError } from '../../lib/errors';
import { type SimulatedAccount, startSimulatedAccount } from '../../lib/simulated-aws';
import { environmentFacts } from '../../lib/verify/diagnosis/diagnose';
import { startForwardProxy } from '../support/forward-proxy';
import { AES_256, SESSION_ARN } from '../verify/configs';
import { MIDDLEBOXES, startStrangeServer } from '../verify/strange-servers';

const FACTS: CredentialFacts = {
  isTemporary: true,
  accessKeyIdHint: 'ASIA…WXYZ',
  expiration: new Date('2026-03-01T12:00:00Z'),
  source: 'the instance metadata service',
  mark: 'IMDS',
};
const GRANTED = { ok: true, status: 200, requestId: 'R1' } as const;

const saved = { ...process.env };
const SDK_IS_QUIET = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
let account: SimulatedAccount;
let clockOffsetMs = 0;
let metadataEndpoint: string;

beforeAll(async () => {
  const now = () => new Date(Date.now() + clockOffsetMs);
  account = await startSimulatedAccount({ accountId: AES_256.aws.account, region: 'us-east-2', now });
  metadataEndpoint = (await account.startHost()).metadataEndpoint;
});

afterEach(() => {
  clockOffsetMs = 0;
  process.env = saved;
});

afterAll(() => account.stop());

type Change = Partial<Omit<ExamineOptions, 'env'>> & { readonly env?: Record<string, string> };

/** The examination of a host on which all is well, but for what is changed. Each is as its schema says. */
async function examination({ env: more, ...change }: Change = {}): Promise<Examination> {
  // The SDK reads its endpoints from the environment of the process.
  const env = { AWS_ENDPOINT_URL: account.endpoint, AWS_EC2_METADATA_SERVICE_ENDPOINT: metadataEndpoint, ...more };
  const noFiles = { AWS_CONFIG_FILE: '/nonexistent', AWS_SHARED_CREDENTIALS_FILE: '/nonexistent' };
  process.env = { ...SDK_IS_QUIET, PATH: saved.PATH, ...noFiles, ...env };
  const document = await examine({
    region: 'us-east-2',
    config: AES_256,
    aws: {
      resolveCredentials: async () => FACTS,
      sts: { getCallerIdentity: async () => ({ ...GRANTED, value: { Arn: SESSION_ARN, $metadata: {} } }) },
    },
    env,
    caCertificatesPem: account.caCertificatePem,
    isInContainer: false,
    nodeVersion: '22.1.0',
    now: () => new Date(),
    ...change,
  });
  return examinationSchema.parse(JSON.parse(JSON.stringify(document)));
}

async function examined(change: Change = {}): Promise<Readonly<Record<string, Finding>>> {
  const { findings } = await examination(change);
  return Object.fromEntries(findings.map((finding) => [finding.id, finding]));
}

const endpointIds = ['endpoint-s3', 'endpoint-kms', 'endpoint-sts'];

describe('a host', () => {
  test('on which all is well has nothing to put right', async () => {
    const findings = await examined();
    expect(Object.keys(findings)).toEqual([
      'node',
      'region',
      'credentials',
      'credential-source',
      'access-keys',
      'identity',
      'instance-metadata',
      'clock',
      'proxy',
      ...endpointIds,
    ]);
    expect(Object.values(findings).map(({ result }) => result)).toEqual(Array(12).fill('pass'));
    expect(findings['endpoint-s3']?.found).toEqual([
      expect.stringMatching(/^127\.0\.0\.1:\d+: reached directly\.$/),
      'DNS: 127.0.0.1.',
      expect.stringMatching(/^TLSv1\.3, certificate localhost < Simulated AWS account .*, valid to /),
    ]);
  });

  test('that does not trust the authority is told so, with the chain', async () => {
    const { 'endpoint-kms': finding } = await examined({ caCertificatesPem: undefined });
    expect(finding).toMatchObject({ result: 'fail', diagnoses: [{ id: 'certificate-untrusted' }] });
    expect(finding?.found.join()).toContain('localhost < Simulated AWS account');
  });

  test('to whose endpoints nothing listens is told which', async () => {
    const { 'endpoint-sts': finding, clock } = await examined({ env: { AWS_ENDPOINT_URL_STS: 'https://127.0.0.1:1' } });
    expect(finding).toMatchObject({ result: 'fail', diagnoses: [{ id: 'not-listening' }] });
    expect(finding?.diagnoses?.[0]?.cause).toContain('the endpoint of STS in us-east-2');
    expect(clock?.result).toBe('pass');
  });

  test('that does not know a name is told which', async () => {
    const { 'endpoint-s3': finding } = await examined({ env: { AWS_ENDPOINT_URL_S3: 'https://s3.invalid' } });
    expect(finding).toMatchObject({ result: 'fail', diagnoses: [{ id: 'name-not-found' }] });
    expect(finding?.found).toContain('DNS: the name is not known here.');
  });

  test.each(MIDDLEBOXES)('behind $name is told about it', async ({ cause, ...strange }) => {
    const server = await startStrangeServer(strange);
    const { 'endpoint-s3': s3, 'endpoint-sts': sts } = await examined({ env: { AWS_ENDPOINT_URL: server.url } });
    await server.stop();
    expect(s3).toMatchObject({ result: 'fail', diagnoses: [{ id: cause }] });
    expect(s3?.found).toContain(`HTTP ${strange.status} came without a request id of AWS.`);
    const isPlain = strange.status >= 200 && strange.status < 300;
    const isPage = strange.headers?.['content-type'] === 'text/html';
    expect(sts?.diagnoses?.map(({ id }) => id)).toEqual(isPlain || isPage ? [cause] : undefined);
  });

  test('whose endpoint has no TLS is told so', async () => {
    const { 'endpoint-sts': finding } = await examined({ env: { AWS_ENDPOINT_URL_STS: metadataEndpoint } });
    expect(finding).toMatchObject({ result: 'fail', fix: expect.stringContaining('Name an https:// endpoint') });
    expect(finding?.found).toContain('Requests go there without TLS.');
  });

  test.each<{ offsetMs: number; result: string; found: RegExp }>([
    { offsetMs: -10 * 60_000, result: 'fail', found: /^It is (599|600|601) s ahead of that of S3\.$/ },
    { offsetMs: 2 * 60_000, result: 'note', found: /^It is (119|120|121) s behind that of S3\.$/ },
  ])('whose clock is off by $offsetMs ms is a $result', async ({ offsetMs, result, found }) => {
    clockOffsetMs = offsetMs;
    const { clock } = await examined();
    expect(clock).toMatchObject({
      result,
      found: [expect.stringMatching(found)],
      fix: expect.stringContaining('chrony'),
    });
  });

  test('behind a proxy that passes everything is fine, and is told what goes where', async () => {
    const proxy = await startForwardProxy({ toPort: Number(new URL(account.endpoint).port) });
    const findings = await examined({ env: { AWS_ENDPOINT_URL: 'https://127.0.0.1:1', HTTPS_PROXY: proxy.url } });
    await proxy.stop();
    expect(endpointIds.map((id) => findings[id]?.result)).toEqual(['pass', 'pass', 'pass']);
    expect(findings['endpoint-kms']?.found[0]).toBe(
      `127.0.0.1:1: reached through the proxy ${new URL(proxy.url).host}.`,
    );
    expect(findings.proxy).toMatchObject({
      result: 'note',
      found: [`Requests go through ${new URL(proxy.url).host}.`, expect.any(String)],
    });
  });

  test('behind a proxy that does not pass the endpoints is told so', async () => {
    const proxy = await startForwardProxy({ toPort: 1, refusesWith: 407 });
    const { 'endpoint-kms': finding } = await examined({ env: { HTTPS_PROXY: proxy.url } });
    await proxy.stop();
    expect(finding).toMatchObject({ result: 'fail', diagnoses: [{ id: 'proxy-credentials' }] });
    expect(finding?.diagnoses?.[0]?.cause).toContain('(HTTP 407)');
    expect(finding?.found.slice(-2)).toEqual([
      `${new URL(account.endpoint).host}: asked through the proxy ${new URL(proxy.url).host}.`,
      'The proxy answered HTTP 407.',
    ]);
  });

  test('without credentials is told how to get them, and not who it is', async () => {
    const error = new ToolkitError(
      'NoCredentials',
      "'credentials' must come from the chain, got: none\nAttach the profile",
    );
    const findings = await examined({
      aws: {
        resolveCredentials: () => Promise.reject(error),
        sts: { getCallerIdentity: () => Promise.reject(new Error('it is not asked')) },
      },
    });
    expect(findings.credentials).toMatchObject({ result: 'fail', fix: 'Attach the profile.' });
    expect(Object.keys(findings)).not.toContain('identity');
    expect(Object.keys(findings)).not.toContain('credential-source');
  });

  test('that no config describes is looked at for what is the same on every host', async () => {
    const findings = await examined({ config: undefined });
    expect(Object.entries(findings).map(([id, { result }]) => `${id}: ${result}`)).toEqual([
      'node: pass',
      'credentials: pass',
      'identity: note',
      'instance-metadata: pass',
      'clock: pass',
      'proxy: pass',
      ...endpointIds.map((id) => `${id}: pass`),
    ]);
  });

  test.each([
    { host: 'on which all is well', nodeVersion: '22.1.0', verdict: 'pass' },
    { host: 'with a note', nodeVersion: '20.19.0', verdict: 'pass' },
    { host: 'with one thing to put right', nodeVersion: '20.18.3', verdict: 'fail' },
  ])('$host: the verdict is $verdict', async ({ nodeVersion, verdict }) => {
    expect(await examination({ nodeVersion })).toMatchObject({ verdict, simulated: true });
  });
});

test('an examination that is stopped throws the reason, whatever it waits for', async () => {
  const stop = new AbortController();
  const reason = new Error('stopped');
  const resolveCredentials = (signal?: AbortSignal) =>
    new Promise<never>((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
      stop.abort(reason);
    });
  const sts = { getCallerIdentity: () => Promise.reject(new Error('it is not asked')) };
  await expect(examined({ aws: { resolveCredentials, sts }, signal: stop.signal })).rejects.toBe(reason);
});

test.each([
  { what: 'without an end', expiration: undefined, ending: '' },
  { what: 'that end', expiration: new Date('2026-03-01T12:00:00Z'), ending: ', good until 2026-03-01T12:00:00.000Z' },
])('credentials $what are shown by their hint, their source and how long they are good', ({ expiration, ending }) => {
  const now = new Date('2026-03-01T11:00:00Z');
  expect(examineCredentials({ ...FACTS, expiration }, { host: wordsOnHost(), now }).found).toEqual([
    `${FACTS.accessKeyIdHint} from ${FACTS.source}${ending}.`,
  ]);
});

test('a long-term access key is reported as something to put right', () => {
  expect(examineCredentials({ ...FACTS, isTemporary: false }, { host: wordsOnHost(), now: new Date() })).toMatchObject({
    result: 'fail',
    fix: expect.stringContaining('Remove'),
  });
});

test.each([
  { kind: 'on-premises', minutes: 9, result: 'fail' },
  { kind: 'on-premises', minutes: 11, result: 'pass' },
  { kind: 'ec2', minutes: 9, result: 'pass' },
] as const)('credentials of a host of the kind $kind that end in $minutes minutes: $result', (row) => {
  const now = new Date('2026-03-01T11:00:00Z');
  const expiration = new Date(now.getTime() + row.minutes * 60_000);
  const finding = examineCredentials({ ...FACTS, expiration }, { host: wordsOnHost(), kind: row.kind, now });
  expect(finding.result).toBe(row.result);
  expect(finding.found.slice(1)).toEqual(
    row.result === 'pass'
      ? []
      : ['They end in 9 min, and were not renewed: the credential helper does it ten minutes before.'],
  );
});

describe('the caller', () => {
  const facts = environmentFacts(AES_256);
  const refused: Answer<never> = { ok: false, code: 'ExpiredToken', message: 'expired', status: 403, requestId: 'R1' };
  test.each([
    { who: 'a session of the role', answer: { ...GRANTED, value: { Arn: SESSION_ARN } }, result: 'pass' },
    {
      who: 'another role',
      answer: { ...GRANTED, value: { Arn: SESSION_ARN.replace('acme-vault', 'build') } },
      result: 'fail',
    },
    {
      who: 'the role of another account',
      answer: { ...GRANTED, value: { Arn: SESSION_ARN.replace('1111', '9999') } },
      result: 'fail',
    },
    { who: 'refused by STS', answer: refused, result: 'fail' },
  ])('that is $who: $result', ({ answer, result }) => {
    expect(examineIdentity(answer, facts).result).toBe(result);
  });

  test('of a role of another account than the bucket is a session of that role', () => {
    const roleArn = 'arn:aws:iam::444455556666:role/service/vault-instance';
    const answer = (account: string) => ({
      ...GRANTED,
      value: { Arn: `arn:aws:sts::${account}:assumed-role/vault-instance/i-0123456789abcdef0` },
    });
    const told = { ...facts, roleArn };
    expect(examineIdentity(answer('444455556666'), told).result).toBe('pass');
    expect(examineIdentity(answer(facts.account), told).result).toBe('fail');
  });

  test('is not judged without a config', () => {
    expect(examineIdentity({ ...GRANTED, value: { Arn: SESSION_ARN } }, undefined).result).toBe('note');
  });
});

describe('a host on premises', () => {
  const onPremises = (helper: 'process' | 'serve'): BackupEnvironment => ({
    ...AES_256,
    host: {
      kind: 'on-premises',
      trustAnchorArn: 'arn:aws:rolesanywhere:us-east-2:111122223333:trust-anchor/0f5c',
      profileArn: 'arn:aws:rolesanywhere:us-east-2:111122223333:profile/1a2b',
      certificate: { subject: { CN: ['vault-1.acme.example'] } },
      sessionSeconds: 3600,
      helper,
      revocation: 'crl',
    },
  });

  test('whose helper is run as a process is not judged by a metadata service', async () => {
    const env = { AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://127.0.0.1:1' };
    const { 'instance-metadata': finding } = await examined({ config: onPremises('process'), env });
    expect(finding).toMatchObject({ result: 'note', title: 'The instance metadata service is not asked' });
  });

  test('whose helper does not answer is told to start it', async () => {
    const env = { AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://127.0.0.1:1' };
    const { 'instance-metadata': finding } = await examined({ config: onPremises('serve'), env });
    expect(finding).toMatchObject({ result: 'fail', found: ['http://127.0.0.1:1 does not answer.'] });
    expect(finding?.fix).toContain('Start the unit of the helper');
  });

  test.each(['process', 'serve'] as const)(
    'whose helper is run by %s is examined for what it needs',
    async (helper) => {
      const serveUnit = '/nonexistent/vault-roles-anywhere.service';
      const env = { AWS_REGION: 'us-east-2' };
      const { certificate, ...findings } = await examined({ config: onPremises(helper), env, serveUnit });
      const results = Object.fromEntries(Object.entries(findings).map(([id, { result }]) => [id, result]));
      expect(results).toMatchObject({
        region: 'pass',
        ...(helper === 'process' ? { 'credential-process': 'fail' } : { 'helper-service': 'note' }),
        'credential-source': helper === 'process' ? 'fail' : 'pass',
        'helper-proxy': 'pass',
        'endpoint-rolesanywhere': 'pass',
      });
      expect(certificate).toMatchObject({
        result: 'fail',
        found: ['/etc/vault-backup/certificate.pem is not there.'],
      });
      expect(findings['endpoint-rolesanywhere']?.title).toBe('IAM Roles Anywhere can be reached');
    },
  );

  test('that does not reach IAM Roles Anywhere is told so, and nothing of other services', async () => {
    const env = { AWS_ENDPOINT_URL_ROLESANYWHERE: 'https://127.0.0.1:1' };
    const { 'endpoint-rolesanywhere': finding, 'endpoint-s3': s3 } = await examined({
      config: onPremises('serve'),
      env,
      serveUnit: '/nonexistent/vault-roles-anywhere.service',
    });
    expect([s3?.result, finding?.result]).toEqual(['pass', 'fail']);
    expect(finding?.diagnoses).toEqual([
      {
        id: 'not-listening',
        cause:
          'Nothing takes connections to the endpoint of IAM Roles Anywhere in us-east-2, or to the proxy before it.',
        fix: 'Open port 443 to the endpoint of IAM Roles Anywhere in the region, or correct HTTPS_PROXY and NO_PROXY. vault-env doctor tries each endpoint.',
      },
    ]);
  });

  test('whose endpoint of IAM Roles Anywhere is not trusted is told so', async () => {
    const { 'endpoint-rolesanywhere': finding } = await examined({
      config: onPremises('serve'),
      caCertificatesPem: undefined,
      serveUnit: '/nonexistent/vault-roles-anywhere.service',
    });
    expect(finding).toMatchObject({ result: 'fail', diagnoses: [{ id: 'certificate-untrusted' }] });
  });

  test('whose helper goes past the proxy is told to let it take the proxy', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'unit-'));
    const unit = join(folder, 'vault-roles-anywhere.service');
    const proxy = await startForwardProxy({ toPort: Number(new URL(account.endpoint).port) });
    const env = { AWS_ENDPOINT_URL: 'https://127.0.0.1:1', HTTPS_PROXY: proxy.url };
    const results = [];
    for (const [flag, variable] of [
      ['', ''],
      ['--with-proxy', ''],
      ['--with-proxy', `Environment=HTTPS_PROXY=${proxy.url}`],
    ]) {
      writeFileSync(unit, `[Service]\nExecStart=helper serve ${flag}\n${variable}\n`);
      const found = await examined({ config: onPremises('serve'), env, serveUnit: unit });
      const { 'helper-proxy': way, 'endpoint-rolesanywhere': endpoint } = found;
      results.push([way?.result, endpoint?.result, way?.fix?.slice(0, 16)]);
    }
    await proxy.stop();
    rmSync(folder, { recursive: true });
    expect(results).toEqual([
      ['fail', 'fail', 'Add --with-proxy'],
      ['fail', 'fail', 'Set HTTPS_PROXY '],
      ['pass', 'pass', undefined],
    ]);
  });

  test('whose helper answers at another address of the host is told so', async () => {
    const answer = http.createServer((_request, response) => response.writeHead(401).end());
    await new Promise<void>((resolve) => answer.listen(0, '127.0.0.2', resolve));
    const { port } = answer.address() as AddressInfo;
    const endpoint = `http://127.0.0.1:${port}`;
    const elsewhere = await askElsewhere(endpoint, ['127.0.0.2', '127.0.0.3', '::1']);
    await new Promise((resolve) => answer.close(resolve));
    expect(elsewhere).toEqual([`127.0.0.2:${port}`]);
    const facts = { tokenStatus: 200, plainStatus: 401, roleName: 'vault' };
    expect(examineLocalService({ endpoint, answer: facts, elsewhere })).toMatchObject({
      result: 'fail',
      found: [`It answers at 127.0.0.2:${port}, too: others than this host can take the role.`],
      fix: expect.stringMatching(/^Let it listen on 127\.0\.0\.1 alone/),
    });
    expect(await askElsewhere('no address', ['127.0.0.2'])).toEqual([]);
  });

  const endpoint = 'http://127.0.0.1:9911';
  test.each<{ state: string; facts: Parameters<typeof examineLocalService>[0]; result: string; found: string }>([
    {
      state: 'serves the role',
      facts: { endpoint, answer: { tokenStatus: 200, plainStatus: 401, roleName: 'vault-backup-acme' } },
      result: 'pass',
      found: `${endpoint} serves the role vault-backup-acme.`,
    },
    {
      state: 'serves other hosts',
      facts: { endpoint: 'http://10.0.0.7:9911', answer: { tokenStatus: 200, roleName: 'vault-backup-acme' } },
      result: 'fail',
      found: 'It is looked for at http://10.0.0.7:9911, off this host.',
    },
    {
      state: 'is something else',
      facts: { endpoint, answer: { tokenStatus: 404, plainStatus: 404 } },
      result: 'fail',
      found: `${endpoint} gives no token (HTTP 404).`,
    },
    {
      state: 'serves nothing',
      facts: { endpoint, answer: { tokenStatus: 200, plainStatus: 401 } },
      result: 'fail',
      found: `${endpoint} serves no role.`,
    },
    {
      state: 'serves empty keys',
      facts: { endpoint, answer: { tokenStatus: 200, plainStatus: 401, roleName: 'vault', hasEmptyKeys: true } },
      result: 'fail',
      found: 'The metadata service reports success but returns empty credentials.',
    },
  ])('whose helper $state is told so', ({ facts, result, found }) => {
    const finding = examineLocalService(facts);
    expect(finding.result).toBe(result);
    expect(finding.found.join()).toContain(found);
  });
});

describe('the metadata service', () => {
  const endpoint = 'http://169.254.169.254';
  test.each<{ state: string; answer: Parameters<typeof examineMetadata>[0]['answer']; result: string; says: string }>([
    { state: 'silent', answer: {}, result: 'note', says: 'this is no EC2 instance' },
    {
      state: 'out of reach by its hop limit',
      answer: { plainStatus: 401 },
      result: 'fail',
      says: 'hop limit stops it on the way',
    },
    { state: 'switched off', answer: { tokenStatus: 403, plainStatus: 403 }, result: 'fail', says: 'HTTP 403' },
    {
      state: 'with IMDSv1 as well',
      answer: { tokenStatus: 200, plainStatus: 200, roleName: 'acme' },
      result: 'note',
      says: 'IMDSv1 is still answered',
    },
    {
      state: 'with a profile whose role does not trust EC2',
      answer: {
        tokenStatus: 200,
        plainStatus: 401,
        trouble: { code: 'AssumeRoleUnauthorizedAccess', message: 'EC2 cannot assume the role vault.' },
      },
      result: 'fail',
      says: 'EC2 may not assume its role: EC2 cannot assume the role vault.',
    },
    {
      state: 'with a profile that has no role',
      answer: {
        tokenStatus: 200,
        plainStatus: 401,
        instanceProfileArn: 'arn:aws:iam::111122223333:instance-profile/a',
      },
      result: 'fail',
      says: 'An instance profile is attached, and gives no role. The instance profile arn:aws:iam::',
    },
    {
      state: 'whose keys are empty',
      answer: { tokenStatus: 200, plainStatus: 404, roleName: 'vault', hasEmptyKeys: true },
      result: 'fail',
      says: 'reports success but returns empty credentials',
    },
    {
      state: 'with IMDSv2 alone',
      answer: { tokenStatus: 200, plainStatus: 401 },
      result: 'pass',
      says: 'No instance profile',
    },
  ])('$state is a $result', ({ answer, result, says }) => {
    const finding = examineMetadata({ endpoint, answer, isInContainer: true });
    expect(finding.result).toBe(result);
    expect(finding.found.join(' ')).toContain(says);
  });

  test('that answers reads but lets no token through is recognised on the wire', async () => {
    const server = http.createServer((request, response) => {
      if (request.method !== 'PUT') response.writeHead(401).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const answer = await askMetadata(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(answer).toEqual({ plainStatus: 401 });
  });
});

test('the report for a person fits its width, and counts what to put right', () => {
  const findings: readonly Finding[] = [
    { id: 'clock', title: 'The clock agrees', result: 'pass', found: ['It is 0 s behind that of S3.'] },
    {
      id: 'credentials',
      title: 'This host has temporary credentials',
      result: 'fail',
      found: ['AKIA…WXYZ from the environment.'],
      fix: 'Remove the long-term access key from the environment of this host.',
    },
  ];
  const examination = { version: 1, verdict: 'fail', startedAt: '2026-03-01T10:00:00Z', findings } as const;
  expect(renderExamination(examination, { columns: 50, paint: (text) => text })).toBe(`pass  The clock agrees
      It is 0 s behind that of S3.
FAIL  This host has temporary credentials
      AKIA…WXYZ from the environment.
      fix    Remove the long-term access key from
             the environment of this host.

FAIL: 1 of 2 to put right
`);
});
