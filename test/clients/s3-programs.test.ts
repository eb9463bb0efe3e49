import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { join } from 'node:path';
import * as S3 from '@aws-sdk/client-s3';
import { ROOT } from '../e2e/run-vault-env';
import { keyVariables, variablesOf } from './credential-sources';
import { bytesOf, differences, readTree, writeTree } from './files';
import { describeWithProgram, type Ended, runProgram } from './program';
import { startVaultHost, type VaultHost } from './vault-host';

// Programs that nobody here wrote, with the credentials of the role and no more rights than the stack gives it.

const succeeded = { exitCode: 0 };

/** Programs start anew for every step, and a busy machine is no failure. */
jest.setTimeout(600_000);

/** A page of a listing has a thousand keys. */
const MORE_THAN_A_PAGE = 1100;

/** Names that have to be encoded on the way, an empty file, and one that takes several parts. */
const awkward = new Map([
  ['empty', Buffer.alloc(0)],
  ['docs/über uns & co.txt', Buffer.from('größe')],
  ['docs/plus+percent%20.txt', Buffer.from('+%')],
  ["docs/it's (1)~!*.txt", Buffer.from('punctuation')],
  ['deep/a/b/c/d/e/日本語.bin', bytesOf('deep', 4097)],
  ['large.bin', bytesOf('large', 20 * 1024 * 1024)],
]);

let host: VaultHost;
let bucket: string;

beforeAll(async () => {
  host = await startVaultHost('aws-kms');
  bucket = host.bucket;
});

afterAll(() => host.stop());

function folderOf(name: string): string {
  const folder = join(host.folder, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

async function keysUnder(prefix: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const page of S3.paginateListObjectsV2(
    { client: host.administrator },
    { Bucket: bucket, Prefix: prefix },
  )) {
    keys.push(...(page.Contents ?? []).map(({ Key = '' }) => Key.slice(prefix.length)));
  }
  return keys;
}

function statusOf(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = get(url, { ca: host.account.caCertificatePem }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.once('error', reject);
  });
}

/** The last lines of a program that failed, so that a failure here says why. */
function outcomeOf({ exitCode, stderr }: Ended) {
  return exitCode === 0 ? succeeded : { exitCode, stderr: stderr.split('\n').slice(-20) };
}

describeWithProgram('restic', () => {
  const restic = async (...args: string[]) => {
    const env = {
      ...(await keyVariables(host.credentials)),
      RESTIC_REPOSITORY: `s3:${host.account.endpoint}/${bucket}/restic`,
      RESTIC_PASSWORD: 'only for this test',
      RESTIC_CACHE_DIR: join(host.folder, 'restic-cache'),
      HOME: host.folder,
    };
    return await runProgram('restic', ['--cacert', host.caFile, ...args], { env, cwd: host.folder });
  };

  test('backs up, checks what it reads back, restores the same bytes and prunes', async () => {
    writeTree(folderOf('restic-source'), awkward);
    const steps = [
      ['init'],
      ['backup', 'restic-source'],
      ['check', '--read-data'],
      ['restore', 'latest', '--target', 'restic-restored'],
    ];
    for (const step of steps) expect([step, outcomeOf(await restic(...step))]).toEqual([step, succeeded]);
    const restored = readTree(join(host.folder, 'restic-restored', 'restic-source'));
    expect(differences(awkward, restored)).toEqual([]);
    expect(outcomeOf(await restic('forget', 'latest', '--prune', '--keep-last', '1'))).toEqual(succeeded);
  });
});

describeWithProgram('rclone', () => {
  const rclone = async (...args: string[]) => {
    const env = {
      ...(await keyVariables(host.credentials)),
      RCLONE_CONFIG_SIMULATED_TYPE: 's3',
      RCLONE_CONFIG_SIMULATED_PROVIDER: 'Other',
      RCLONE_CONFIG_SIMULATED_FORCE_PATH_STYLE: 'true',
      RCLONE_CONFIG_SIMULATED_ENV_AUTH: 'true',
      RCLONE_CONFIG_SIMULATED_REGION: host.region,
      RCLONE_CONFIG_SIMULATED_ENDPOINT: host.account.endpoint,
      RCLONE_CONFIG_SIMULATED_NO_CHECK_BUCKET: 'true',
      // An upload with any ACL takes s3:PutObjectAcl, and this one is accepted where ACLs are off.
      RCLONE_S3_ACL: 'bucket-owner-full-control',
      // Without this it takes ETags for MD5 sums, which they are not under SSE-KMS.
      RCLONE_S3_SERVER_SIDE_ENCRYPTION: 'aws:kms',
      RCLONE_S3_SSE_KMS_KEY_ID: host.keyArn ?? '',
      RCLONE_S3_UPLOAD_CUTOFF: '8M',
      HOME: host.folder,
    };
    const common = ['--config', '/dev/null', '--ca-cert', host.caFile, '--transfers', '16', '--checkers', '16'];
    return await runProgram('rclone', [...common, ...args], { env, cwd: host.folder });
  };

  test('names the right that it lacks: before 1.61 it sends an ACL with every object', async () => {
    const { exitCode, stderr } = await rclone('--retries', '1', 'copy', host.caFile, `simulated:${bucket}/rclone`);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('is not authorized to perform: s3:PutObjectAcl')]);
  });

  test('syncs more files than a page lists, finds nothing left to do, and takes away what is gone', async () => {
    const files = new Map(
      Array.from({ length: MORE_THAN_A_PAGE }, (_unused, index) => [
        `${index % 20}/${index}.bin`,
        bytesOf(`${index}`, index),
      ]),
    );
    writeTree(folderOf('rclone-source'), files);
    const withdraw = await host.grant('s3:PutObjectAcl');
    const remote = `simulated:${bucket}/rclone`;
    expect(outcomeOf(await rclone('sync', 'rclone-source', remote))).toEqual(succeeded);
    expect(await keysUnder('rclone/')).toHaveLength(MORE_THAN_A_PAGE);
    expect(outcomeOf(await rclone('check', '--download', 'rclone-source', remote))).toEqual(succeeded);
    const again = await rclone('sync', '--stats-log-level', 'NOTICE', 'rclone-source', remote);
    expect(again.stderr).toMatch(/Transferred:\s+0 B/);
    writeTree(folderOf('rclone-smaller'), awkward);
    expect(outcomeOf(await rclone('sync', 'rclone-smaller', remote))).toEqual(succeeded);
    expect(outcomeOf(await rclone('copy', remote, 'rclone-back'))).toEqual(succeeded);
    expect(differences(awkward, readTree(join(host.folder, 'rclone-back')))).toEqual([]);
    await withdraw();
  });
});

describeWithProgram('aws', () => {
  const aws = async (...args: string[]) => {
    const found = await variablesOf(host.credentials, 'metadata', 'path');
    const env = {
      ...found,
      // Versions of a year ago want the slash behind it.
      AWS_EC2_METADATA_SERVICE_ENDPOINT: `${found.AWS_EC2_METADATA_SERVICE_ENDPOINT}/`,
      AWS_CA_BUNDLE: host.caFile,
      HOME: host.folder,
    };
    return await runProgram('aws', ['--endpoint-url', host.account.endpoint, ...args], { env, cwd: host.folder });
  };
  const stdoutOf = async (...args: string[]) => {
    const ended = await aws(...args);
    expect(outcomeOf(ended)).toEqual(succeeded);
    return ended.stdout;
  };

  test('copies a file in parts, and finds it with the composite ETag of its parts', async () => {
    const large = bytesOf('aws', 20 * 1024 * 1024);
    writeFileSync(join(host.folder, 'aws-large.bin'), large);
    await stdoutOf('s3', 'cp', '--no-progress', 'aws-large.bin', `s3://${bucket}/aws/large.bin`);
    const head = JSON.parse(await stdoutOf('s3api', 'head-object', '--bucket', bucket, '--key', 'aws/large.bin'));
    expect(head).toMatchObject({
      ContentLength: large.length,
      ServerSideEncryption: 'aws:kms',
      BucketKeyEnabled: true,
    });
    expect(head.ETag).toMatch(/^"[0-9a-f]{32}-3"$/);
    await stdoutOf('s3', 'cp', '--no-progress', `s3://${bucket}/aws/large.bin`, 'aws-back.bin');
    expect(readTree(host.folder).get('aws-back.bin')?.equals(large)).toBe(true);
  });

  test('syncs there and back, and lists what is there', async () => {
    writeTree(folderOf('aws-source'), awkward);
    await stdoutOf('s3', 'sync', '--no-progress', 'aws-source', `s3://${bucket}/aws/sync/`);
    const listing = await stdoutOf('s3', 'ls', '--recursive', `s3://${bucket}/aws/sync/`);
    const listed = listing.trim().split('\n');
    expect(listed.map((line) => line.replace(/^\S+ \S+ +\d+ aws\/sync\//, '')).sort()).toEqual(
      [...awkward.keys()].sort(),
    );
    await stdoutOf('s3', 'sync', '--no-progress', `s3://${bucket}/aws/sync/`, 'aws-synced');
    expect(differences(awkward, readTree(join(host.folder, 'aws-synced')))).toEqual([]);
    expect(await stdoutOf('s3', 'sync', '--no-progress', 'aws-source', `s3://${bucket}/aws/sync/`)).toBe('');
  });

  test('makes a presigned URL that opens the object, and nothing else, without credentials', async () => {
    await stdoutOf('s3', 'cp', '--no-progress', host.caFile, `s3://${bucket}/aws/shared`);
    const url = (await stdoutOf('s3', 'presign', `s3://${bucket}/aws/shared`)).trim();
    const others = [url.replace('shared', 'other'), url.split('?')[0] ?? ''];
    expect(await Promise.all([url, ...others].map(statusOf))).toEqual([200, 403, 403]);
  });

  test('copies a large object within the bucket where it is told to read no tags', async () => {
    writeFileSync(join(host.folder, 'aws-source.bin'), bytesOf('aws-source', 20 * 1024 * 1024));
    await stdoutOf('s3', 'cp', '--no-progress', 'aws-source.bin', `s3://${bucket}/aws/source.bin`);
    const copy = ['s3', 'cp', '--no-progress', `s3://${bucket}/aws/source.bin`, `s3://${bucket}/aws/copy.bin`];
    expect((await aws(...copy)).stderr).toContain('(AccessDenied) when calling the GetObjectTagging operation');
    expect(await aws(...copy, '--copy-props', 'none')).toMatchObject(succeeded);
    expect(await keysUnder('aws/copy')).toEqual(['.bin']);
  });

  test('is refused what the role may not do, and says who may not do what', async () => {
    const refused = async (...args: string[]) => (await aws(...args)).stderr;
    const session = `arn:aws:sts::${host.account.state.accountId}:assumed-role/${host.credentials.role}/`;
    expect(await refused('s3api', 'delete-bucket-policy', '--bucket', bucket)).toMatch(
      new RegExp(
        `An error occurred \\(AccessDenied\\) when calling the DeleteBucketPolicy operation: User: ${session}i-\\w+ is not authorized to perform: s3:DeleteBucketPolicy on resource: "arn:aws:s3:::${bucket}" because no identity-based policy allows the s3:DeleteBucketPolicy action`,
      ),
    );
    expect(await refused('s3', 'ls')).toContain('(AccessDenied) when calling the ListBuckets operation');
    expect(await refused('s3', 'cp', '--sse', 'AES256', host.caFile, `s3://${bucket}/wrong`)).toContain(
      'with an explicit deny in a resource-based policy',
    );
    expect(await refused('s3', 'cp', '--acl', 'private', host.caFile, `s3://${bucket}/wrong`)).toContain(
      'is not authorized to perform: s3:PutObjectAcl',
    );
    expect(await keysUnder('wrong')).toEqual([]);
  });
});

describeWithProgram('s3cmd', () => {
  const s3cmd = async (...args: string[]) => {
    const { AWS_SESSION_TOKEN = '', ...env } = await keyVariables(host.credentials);
    const authority = host.account.endpoint.replace('https://', '');
    const common = ['--config', '/dev/null', '--host', authority, '--host-bucket', authority, '--region', host.region];
    const options = ['--ca-certs', host.caFile, '--access_token', AWS_SESSION_TOKEN, '--no-progress'];
    return await runProgram('s3cmd', [...common, ...options, ...args], {
      env: { ...env, HOME: host.folder },
      cwd: host.folder,
    });
  };

  test('puts a tree, gets it back and deletes it', async () => {
    writeTree(folderOf('s3cmd-source'), awkward);
    const there = `s3://${bucket}/s3cmd/`;
    for (const step of [
      ['put', '--recursive', 's3cmd-source/', there],
      ['get', '--recursive', there, folderOf('s3cmd-back')],
    ]) {
      expect([step, outcomeOf(await s3cmd(...step))]).toEqual([step, succeeded]);
    }
    expect(differences(awkward, readTree(join(host.folder, 's3cmd-back')))).toEqual([]);
    expect(outcomeOf(await s3cmd('del', '--recursive', '--force', there))).toEqual(succeeded);
    expect(await keysUnder('s3cmd/')).toEqual([]);
  });
});

describe.each(['restic', 'rclone'] as const)('the guide', (name) => {
  const guide = readFileSync(join(ROOT, 'docs', 'simulated-account.md'), 'utf8');
  const blocks = [...guide.matchAll(/^```bash\n(.*?)^```$/gms)].map(([, block = '']) => block);

  describeWithProgram(name, () => {
    test('is right: each command works as it is written', async () => {
      const block = blocks.find((text) => text.includes(`${name} `)) ?? 'exit 1';
      const env = { HOME: host.folder };
      expect(outcomeOf(await runProgram('bash', ['-ec', block], { env, cwd: ROOT }))).toEqual(succeeded);
    });
  });
});
