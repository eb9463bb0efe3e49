import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type Aws, connectAws } from '../../lib/aws/connect';
import { sendOverPlainHttp } from '../../lib/aws/plain-http';

/** Set for the SDK, which reads its credentials and endpoint from the environment of the process. */
const SETTINGS = {
  AWS_ACCESS_KEY_ID: 'ASIAQWERTYUIOPASDFGH',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'token',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/nonexistent',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
};

let server: Server;
let received: IncomingMessage[];
let aws: Aws;
let respond: (request: IncomingMessage) => { status: number; body: string; headers?: Record<string, string> };
const saved = { ...process.env };

beforeAll(async () => {
  server = createServer((request, response) => {
    received.push(request);
    const { status, body, headers } = respond(request);
    const head = { Server: 'some-server', 'x-amz-request-id': 'R1', 'content-length': String(body.length), ...headers };
    response
      .writeHead(status, head)
      .end(request.method === 'HEAD' ? '' : body.slice(0, status === 299 ? 2 : undefined));
    if (status === 299) request.socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  Object.assign(process.env, SETTINGS, { AWS_ENDPOINT_URL: `https://127.0.0.1:${port}` });
});

beforeEach(() => {
  received = [];
  aws = connectAws({ region: 'us-east-2', requestTimeoutMs: 2_000 });
});

afterEach(() => aws.close());

afterAll(async () => {
  process.env = saved;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const target = { Bucket: 'acme-backup', Key: 'key' };

describe('S3 over plain HTTP', () => {
  test('reaches the configured endpoint without TLS, and with the signature of the role', async () => {
    respond = () => ({ status: 200, body: 'hello' });
    const answer = await aws.s3OverPlainHttp.getObject(target);
    expect(answer).toMatchObject({ ok: true, status: 200, requestId: 'R1' });
    expect(answer.ok && Buffer.from(answer.value.Body).toString()).toBe('hello');
    expect(received[0]?.headers.authorization).toContain('Credential=ASIAQWERTYUIOPASDFGH/');
    expect(received[0]?.headers['x-amz-security-token']).toBe('token');
  });

  test('is for this client alone: the others insist on TLS', async () => {
    const answers = [await aws.s3.getObject(target), await aws.sts.getCallerIdentity({}), await aws.kms.listKeys({})];
    expect(answers.map((answer) => answer.ok)).toEqual([false, false, false]);
    expect(received).toEqual([]);
  });

  test('keeps the host and the signature of AWS itself', async () => {
    const requests: Record<string, unknown>[] = [];
    const send = async (isPlain: boolean) => {
      const client = new S3Client({
        region: 'us-gov-west-1',
        endpoint: 'https://s3.us-gov-west-1.amazonaws.com',
        requestHandler: {
          handle: async (request: Record<string, unknown>) => {
            requests.push(request);
            throw new Error('not sent');
          },
        },
      });
      if (isPlain) sendOverPlainHttp(client.middlewareStack);
      await client.send(new HeadObjectCommand(target)).catch(() => undefined);
    };
    await send(false);
    await send(true);
    const seen = requests.map(({ protocol, hostname, port, path, headers }) => {
      const { authorization } = headers as Record<string, string>;
      return { protocol, hostname, port, path, signs: authorization?.match(/Credential=\S+ SignedHeaders=[^,]+/)?.[0] };
    });
    expect(seen[0]).toMatchObject({ protocol: 'https:', hostname: 'acme-backup.s3.us-gov-west-1.amazonaws.com' });
    expect(seen[0]?.signs).toContain('host;');
    expect(seen[1]).toEqual({ ...seen[0], protocol: 'http:' });
  });
});

describe('a credential_process', () => {
  const EXPIRED = { Version: 1, AccessKeyId: 'ASIA1', SecretAccessKey: 'hidden', SessionToken: 'hidden' };
  const { AWS_ACCESS_KEY_ID, ...environment } = SETTINGS;
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'connect-'));
    delete process.env.AWS_ACCESS_KEY_ID;
    process.env.AWS_CONFIG_FILE = join(folder, 'config');
  });

  afterEach(() => {
    Object.assign(process.env, environment, { AWS_ACCESS_KEY_ID });
    rmSync(folder, { recursive: true });
  });

  test.each([
    {
      does: 'returns expired credentials',
      command: `echo '${JSON.stringify({ ...EXPIRED, Expiration: '2020-01-01T00:00:00Z' })}'`,
      code: 'ExpiredCredentials',
      reason: 'Profile default credential_process returned expired credentials.',
    },
    {
      does: 'fails',
      command: 'echo no such trust anchor >&2; exit 3',
      code: 'NoCredentials',
      reason: 'no such trust anchor; Could not load credentials from any providers',
    },
  ])('that $does is reported in its own words', async ({ command, code, reason }) => {
    const script = join(folder, 'process.sh');
    writeFileSync(script, `${command}\n`);
    writeFileSync(join(folder, 'config'), `[default]\ncredential_process = sh ${script}\n`);
    const error = await connectAws({ region: 'us-east-2' })
      .resolveCredentials()
      .catch((caught) => caught);
    expect(error).toMatchObject({ code, message: expect.stringContaining(reason) });
    expect(error.message).not.toContain('hidden');
  });

  describe('that never ends', () => {
    let pidFile: string;

    beforeEach(() => {
      pidFile = join(folder, 'pid');
      writeFileSync(join(folder, 'hangs.sh'), `echo $$ >> ${pidFile}\nsleep 600\n`);
      writeFileSync(join(folder, 'config'), `[default]\ncredential_process = sh ${join(folder, 'hangs.sh')}\n`);
    });

    /** The SDK tries the process again where it failed. */
    const isRunning = () =>
      existsSync(pidFile) && readFileSync(pidFile, 'utf8').split('\n').filter(Boolean).map(Number).some(isAlive);
    const isAlive = (pid: number) => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    const until = async (holds: () => boolean) => {
      while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
    };

    test('is ended at the limit, and the wait is reported', async () => {
      const waiting = connectAws({ region: 'us-east-2', credentialsTimeoutMs: 500 }).resolveCredentials();
      await expect(waiting).rejects.toMatchObject({
        code: 'NoCredentials',
        message: expect.stringContaining('No credentials came within 0.5 s'),
      });
      await until(() => !isRunning());
    });

    test('is ended by the signal, whose reason is thrown', async () => {
      const stop = new AbortController();
      const waiting = connectAws({ region: 'us-east-2' }).resolveCredentials(stop.signal);
      await until(isRunning);
      stop.abort();
      await expect(waiting).rejects.toBe(stop.signal.reason);
      await until(() => !isRunning());
    });

    test('keeps no aborted call waiting, and is a refusal for the others', async () => {
      const hanging = connectAws({ region: 'us-east-2', credentialsTimeoutMs: 500 });
      expect(await hanging.sts.getCallerIdentity({}, AbortSignal.timeout(20))).toMatchObject({ code: 'TimeoutError' });
      expect(await hanging.sts.getCallerIdentity({})).toMatchObject({ code: 'CredentialsProviderError' });
      hanging.close();
      await until(() => !isRunning());
    });
  });
});

describe('an answer over the wire', () => {
  test('names the code of the refusal', async () => {
    respond = () => ({ status: 403, body: '<Error><Code>AccessDenied</Code><Message>No.</Message></Error>' });
    expect(await aws.s3OverPlainHttp.listObjectsV2({ Bucket: 'acme-backup' })).toEqual({
      ok: false,
      code: 'AccessDenied',
      status: 403,
      requestId: 'R1',
      message: 'No.',
    });
    expect(await aws.s3OverPlainHttp.headObject(target)).toMatchObject({ code: 'Http403', status: 403 });
    expect([...aws.serverNames()]).toEqual(['some-server']);
  });

  test('names the bucket and the region that S3 gives besides its message', async () => {
    respond = () => ({
      status: 301,
      body: '<Error><Code>PermanentRedirect</Code><Message>Elsewhere.</Message><Bucket>acme-backup</Bucket></Error>',
      headers: { 'x-amz-bucket-region': 'eu-west-1' },
    });
    expect(await aws.s3OverPlainHttp.listObjectsV2({ Bucket: 'acme-backup' })).toMatchObject({
      code: 'PermanentRedirect',
      message: 'Elsewhere. (bucket: acme-backup) (x-amz-bucket-region: eu-west-1)',
    });
    expect(await aws.s3OverPlainHttp.headObject(target)).toMatchObject({
      code: 'Http301',
      message: expect.stringContaining('(x-amz-bucket-region: eu-west-1)'),
    });
  });

  test('is a refusal when the body breaks off', async () => {
    respond = () => ({ status: 299, body: 'hello' });
    expect(await aws.s3OverPlainHttp.getObject(target)).toMatchObject({ ok: false, code: 'ECONNRESET' });
  });

  test('is a refusal when the caller gives up', async () => {
    respond = () => ({ status: 200, body: '' });
    expect(await aws.s3OverPlainHttp.getObject(target, AbortSignal.abort())).toMatchObject({ code: 'AbortError' });
  });
});
