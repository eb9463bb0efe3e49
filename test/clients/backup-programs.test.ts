import { join } from 'node:path';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { type Chain, keyVariables, type Style, type Variables, variablesOf } from './credential-sources';
import { bytesOf, differences, readTree, writeTree } from './files';
import { describeWithProgram, type ProgramName, runProgram, testWithNames } from './program';
import {
  EXAMPLE_NAMES,
  type ExampleName,
  endpointOf,
  OTHER_BUCKET,
  startVaultHost,
  type VaultHost,
} from './vault-host';

// Programs that back up: what they take there comes back, and another bucket takes none of it.

jest.setTimeout(600_000);

interface Place {
  readonly bucket: string;
  readonly endpoint: string;
  readonly style: Style;
  readonly host: VaultHost;
}

interface BackupProgram {
  readonly program: ProgramName;
  /** `keys` are in its environment, for programs whose chain finds no others here. */
  readonly chain: Chain | 'keys';
  /** Whether it takes one file at a time. */
  readonly takesOneFile?: boolean;
  readonly settings?: (place: Place) => Variables;
  /** Commands of the shell that take the folder `source` there, and that bring it back as `back`. */
  readonly there: (place: Place) => string;
  readonly back: (place: Place) => string;
}

const rcloneSettings = ({ endpoint, style, host }: Place): Variables => ({
  RCLONE_CONFIG: '/dev/null',
  RCLONE_CONFIG_S3_TYPE: 's3',
  RCLONE_CONFIG_S3_PROVIDER: 'AWS',
  RCLONE_CONFIG_S3_ENV_AUTH: 'true',
  RCLONE_CONFIG_S3_ENDPOINT: endpoint,
  RCLONE_CONFIG_S3_REGION: host.region,
  RCLONE_CONFIG_S3_FORCE_PATH_STYLE: String(style === 'path'),
  RCLONE_CONFIG_S3_NO_CHECK_BUCKET: 'true',
  ...(host.keyArn && {
    RCLONE_CONFIG_S3_SERVER_SIDE_ENCRYPTION: 'aws:kms',
    RCLONE_CONFIG_S3_SSE_KMS_KEY_ID: host.keyArn,
  }),
  RCLONE_CA_CERT: host.caFile,
  RCLONE_RETRIES: '1',
});

const ofAwsCli = (program: 'aws' | 'aws-v1', chain: Chain): BackupProgram => ({
  program,
  chain,
  there: ({ bucket, endpoint }) =>
    `${program} --endpoint-url ${endpoint} s3 sync --no-progress source s3://${bucket}/${program}`,
  back: ({ bucket, endpoint }) =>
    `${program} --endpoint-url ${endpoint} s3 sync --no-progress s3://${bucket}/${program} back`,
});

const duplicity = ({ bucket, endpoint, host }: Place) => ({
  options: `--no-encryption --archive-dir cache --s3-endpoint-url ${endpoint} --s3-region-name ${host.region}`,
  url: `boto3+s3://${bucket}/duplicity`,
});

const barman = ({ endpoint, bucket }: Place) => `--endpoint-url ${endpoint} s3://${bucket}/barman server`;

const restic = ({ style, host }: Place) =>
  `restic --quiet --cacert ${host.caFile} -o s3.bucket-lookup=${style === 'path' ? 'path' : 'dns'}`;

const s3cmd = ({ endpoint, style, host }: Place) => {
  const { host: authority } = new URL(endpoint);
  const names = `--host ${authority} --host-bucket ${style === 'path' ? authority : `'%(bucket)s.${authority}'`}`;
  const options = `--ca-certs ${host.caFile} --access_token "$AWS_SESSION_TOKEN" --no-progress --quiet`;
  return `s3cmd --config /dev/null ${names} --region ${host.region} ${options}`;
};

const pgbackrestSettings = ({ bucket, endpoint, style, host }: Place): Variables => ({
  PGBACKREST_REPO1_TYPE: 's3',
  PGBACKREST_REPO1_PATH: '/pgbackrest',
  PGBACKREST_REPO1_S3_BUCKET: bucket,
  PGBACKREST_REPO1_S3_ENDPOINT: new URL(endpoint).hostname,
  // It compares certificates with names alone, and goes to the first address of one.
  PGBACKREST_REPO1_STORAGE_HOST: 'localhost',
  PGBACKREST_REPO1_STORAGE_PORT: new URL(endpoint).port,
  PGBACKREST_REPO1_STORAGE_CA_FILE: host.caFile,
  PGBACKREST_REPO1_S3_URI_STYLE: style === 'path' ? 'path' : 'host',
  PGBACKREST_REPO1_S3_REGION: host.region,
  ...(host.keyArn && { PGBACKREST_REPO1_S3_KMS_KEY_ID: host.keyArn }),
});

/** Its keys have names of their own; whatever a database is for is left out. */
const pgbackrest =
  'PGBACKREST_REPO1_S3_KEY="$AWS_ACCESS_KEY_ID" PGBACKREST_REPO1_S3_KEY_SECRET="$AWS_SECRET_ACCESS_KEY"' +
  ' PGBACKREST_REPO1_S3_TOKEN="$AWS_SESSION_TOKEN" pgbackrest --no-config --stanza=main --log-level-file=off';

/** Mounts the bucket with s3fs for one command. */
const mounted = ({ bucket, endpoint, style, host }: Place, command: string) => `
  export AWSACCESSKEYID="$AWS_ACCESS_KEY_ID" AWSSECRETACCESSKEY="$AWS_SECRET_ACCESS_KEY" AWSSESSIONTOKEN="$AWS_SESSION_TOKEN"
  mkdir -p mount
  CURL_CA_BUNDLE=${host.caFile} s3fs ${bucket} mount -o use_session_token -o url=${endpoint} -o endpoint=${host.region} \\
    ${style === 'path' ? '-o use_path_request_style' : ''} ${host.keyArn ? `-o use_sse=kmsid:${host.keyArn}` : ''} &&
    mountpoint -q mount && ${command}
  ended=$?
  fusermount -qu mount
  exit $ended`;

/** The shell of Hadoop, which puts under another name and renames: a copy and a delete. */
const s3a = ({ bucket, endpoint, style, host }: Place, command: string) => {
  const settings = {
    endpoint,
    'endpoint.region': host.region,
    'path.style.access': String(style === 'path'),
    'aws.credentials.provider': 'software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider',
    ...(host.keyArn && { 'encryption.algorithm': 'SSE-KMS', 'encryption.key': host.keyArn }),
  };
  const options = Object.entries(settings).map(([name, value]) => `-Dfs.s3a.${name}=${value}`);
  return `java-s3a ${options.join(' ')} ${command.replace('THERE', `s3a://${bucket}/s3a`)}`;
};

const PROGRAMS: readonly BackupProgram[] = [
  {
    program: 'go-rclone',
    chain: 'metadata',
    settings: rcloneSettings,
    there: ({ bucket }) => `go-rclone sync source s3:${bucket}/rclone && go-rclone check source s3:${bucket}/rclone`,
    back: ({ bucket }) => `go-rclone copy s3:${bucket}/rclone back`,
  },
  ofAwsCli('aws', 'credential-process'),
  ofAwsCli('aws-v1', 'metadata'),
  {
    program: 'duplicity',
    chain: 'metadata',
    there: (place) => `duplicity full ${duplicity(place).options} source ${duplicity(place).url}`,
    back: (place) => `duplicity restore ${duplicity(place).options} ${duplicity(place).url} back`,
  },
  {
    program: 'barman-cloud-wal-archive',
    chain: 'profile',
    takesOneFile: true,
    there: (place) => `barman-cloud-wal-archive ${barman(place)} source/000000010000000000000001`,
    back: (place) =>
      `mkdir back; barman-cloud-wal-restore ${barman(place)} 000000010000000000000001 back/000000010000000000000001`,
  },
  {
    program: 'restic',
    chain: 'keys',
    settings: ({ bucket, endpoint, host }) => ({
      RESTIC_REPOSITORY: `s3:${endpoint}/${bucket}/restic`,
      RESTIC_PASSWORD: 'only for this test',
      RESTIC_CACHE_DIR: join(host.folder, 'restic-cache'),
    }),
    there: (place) => `${restic(place)} init && ${restic(place)} backup source && ${restic(place)} check --read-data`,
    back: (place) => `${restic(place)} restore latest --target restored && mv restored/source back`,
  },
  {
    program: 's3cmd',
    chain: 'keys',
    there: (place) => `${s3cmd(place)} put --recursive source/ s3://${place.bucket}/s3cmd/`,
    back: (place) => `mkdir back && ${s3cmd(place)} get --recursive s3://${place.bucket}/s3cmd/ back`,
  },
  {
    program: 'java-s3a',
    chain: 'profile',
    there: (place) => s3a(place, '-put source THERE'),
    back: (place) => s3a(place, '-get THERE back'),
  },
  {
    program: 'pgbackrest',
    chain: 'keys',
    takesOneFile: true,
    settings: pgbackrestSettings,
    there: () => `${pgbackrest} repo-put archive/wal <source/000000010000000000000001`,
    back: () => `mkdir back && ${pgbackrest} repo-get archive/wal >back/000000010000000000000001`,
  },
  {
    program: 's3fs',
    chain: 'keys',
    there: (place) => mounted(place, 'mkdir mount/s3fs && cp -r source/. mount/s3fs'),
    back: (place) => mounted(place, 'cp -r mount/s3fs back'),
  },
];

const RUNS: readonly { readonly example: ExampleName; readonly style: Style }[] = [
  { example: 'aes-256', style: 'virtual' },
  { example: 'aws-kms', style: 'path' },
];

const trees = {
  oneFile: new Map([['000000010000000000000001', bytesOf('wal', 16 * 1024 * 1024)]]),
  /** Names that have to be encoded on the way, an empty file, and one that takes several parts. */
  awkward: new Map([
    ['empty', Buffer.alloc(0)],
    ['docs/über uns & co.txt', Buffer.from('größe')],
    ['docs/plus+percent%20.txt', Buffer.from('+%')],
    ['deep/a/b/c/日本語.bin', bytesOf('deep', 4097)],
    ['large.bin', bytesOf('large', 20 * 1024 * 1024)],
  ]),
};

/** How long a program may go on after it was denied. */
const PATIENCE_MS = 15_000;

const hosts = new Map<ExampleName, VaultHost>();

beforeAll(async () => {
  for (const name of EXAMPLE_NAMES) hosts.set(name, await startVaultHost(name));
});

afterAll(async () => {
  for (const host of hosts.values()) await host.stop();
});

/** Some try for a quarter of an hour what they are refused; and on a busy machine the first try comes late. */
function sometimeAfterDenial({ account: { requestLog } }: VaultHost) {
  const asked = requestLog.count;
  const ended = new AbortController();
  const timer = setInterval(() => {
    if (!requestLog.since(asked).some(({ errorCode }) => errorCode === 'AccessDenied')) return;
    clearInterval(timer);
    setTimeout(() => ended.abort(), PATIENCE_MS).unref();
  }, 250);
  return { signal: ended.signal, forget: () => clearInterval(timer) };
}

async function run(tool: BackupProgram, command: (place: Place) => string, folder: string, place: Place) {
  const { host, style } = place;
  const found =
    tool.chain === 'keys'
      ? await keyVariables(host.credentials)
      : await variablesOf(host.credentials, tool.chain, style);
  const slash = tool.program.startsWith('go-') ? '' : '/';
  const metadata = found.AWS_EC2_METADATA_SERVICE_ENDPOINT;
  const env = {
    ...found,
    // Debian's botocore wants the slash behind it.
    ...(metadata && { AWS_EC2_METADATA_SERVICE_ENDPOINT: metadata + slash }),
    AWS_CA_BUNDLE: host.caFile,
    HOME: folder,
    ...tool.settings?.(place),
  };
  // It passes the signal on to whatever the shell has started.
  const limited = place.bucket === OTHER_BUCKET ? ['-c', 'exec timeout 600 bash -c "$0"'] : ['-c'];
  const denial = place.bucket === OTHER_BUCKET ? sometimeAfterDenial(host) : undefined;
  const options = { env, cwd: folder, ...(denial && { signal: denial.signal }) };
  const { exitCode, stdout, stderr } = await runProgram('bash', [...limited, command(place)], options);
  denial?.forget();
  return exitCode === 0 ? { exitCode } : { exitCode, said: `${stdout}\n${stderr}`.split('\n').slice(-20) };
}

for (const tool of PROGRAMS) {
  describeWithProgram(tool.program, () => {
    for (const { example, style } of RUNS) {
      testWithNames(
        `brings back from ${example} what it took there, and takes nothing elsewhere: ${style}`,
        { style },
        async () => {
          const host = hosts.get(example);
          if (host === undefined) throw new Error(`no host for ${example}`);
          const folder = join(host.folder, `${tool.program}-run`);
          const endpoint = endpointOf(host.account, style);
          const place = {
            bucket: host.bucket,
            endpoint,
            style,
            host,
          };
          const tree = tool.takesOneFile ? trees.oneFile : trees.awkward;
          writeTree(join(folder, 'source'), tree);
          expect(await run(tool, tool.there, folder, place)).toEqual({ exitCode: 0 });
          expect(await run(tool, tool.back, folder, place)).toEqual({ exitCode: 0 });
          expect(differences(tree, readTree(join(folder, 'back')))).toEqual([]);

          const { requestLog } = host.account;
          const asked = requestLog.count;
          const elsewhere = await run(tool, tool.there, folder, { ...place, bucket: OTHER_BUCKET });
          expect(elsewhere.exitCode).not.toBe(0);
          expect(requestLog.since(asked).map(({ errorCode }) => errorCode)).toContain('AccessDenied');
          const { KeyCount } = await host.administrator.send(new ListObjectsV2Command({ Bucket: OTHER_BUCKET }));
          expect(KeyCount).toBe(0);
        },
      );
    }
  });
}
