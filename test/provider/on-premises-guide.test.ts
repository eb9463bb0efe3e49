import { X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { BackupEnvironment } from '../../lib/backup-environment';
import { type Checkout, createCheckout, runShell } from '../e2e/checkout';
import { describeWithProvider } from '../e2e/describe-with-provider';
import { ROOT } from '../e2e/run-vault-env';
import { shellLinesOf } from './guide-commands';
import { HALF_AN_HOUR_MS } from './provider-run';

const GUIDE = 'docs/on-premises.md';
/** Commands that CI runs elsewhere. */
const RUN_ELSEWHERE = /^npm run rehearse\b/;
const ON_HOST = /^node dist\/vault-env-verify/;
/** In place of AWS's helper. */
const PRINT_CREDENTIALS = join(ROOT, 'lib/rehearsal/hosts/print-credentials.cjs');

let checkout: Checkout;
let temporary: string;

beforeAll(async () => {
  temporary = mkdtempSync(join(tmpdir(), 'on-premises-'));
  checkout = await createCheckout();
});

afterAll(async () => {
  await checkout?.remove();
  rmSync(temporary, { recursive: true });
});

const host = (name: string) => join(temporary, 'host', name);
const read = (path: string) => readFileSync(path, 'utf8');

/** Writes the file that the guide shows. */
function writeEnvironment(): void {
  const [, name = '', text = ''] = /^```yaml\n# (\S+)\n(.*?)^```$/ms.exec(read(join(ROOT, GUIDE))) ?? [];
  writeFileSync(join(checkout.folder, name), text);
}

/** Lets the helper of the AWS configuration ask a simulated host that has the certificate of the guide. */
async function standInForHelper(): Promise<void> {
  const config: BackupEnvironment = JSON.parse(read(join(checkout.folder, 'acme/backup-environment.json')));
  if (config.host.kind !== 'on-premises') throw new Error(`the host must be on premises, got: ${config.host.kind}`);
  const { metadataEndpoint } = await checkout.account.startCertificateHost({
    trustAnchor: config.host.trustAnchorArn,
    profile: config.host.profileArn,
    roleArn: config.aws.roleArn,
    certificate: {
      certificateDer: new X509Certificate(read(host('certificate.pem'))).raw,
      chainDer: [],
      privateKeyPem: read(host('private-key.pem')),
    },
  });
  const helper = join(temporary, 'aws_signing_helper');
  const print = [process.execPath, PRINT_CREDENTIALS, metadataEndpoint].map((word) => `'${word}'`).join(' ');
  writeFileSync(helper, `#!/bin/sh\nexec ${print}\n`, { mode: 0o755 });
  const text = read(host('aws-config')).replace('/usr/local/bin/aws_signing_helper', helper);
  writeFileSync(host('aws-config'), text.replaceAll('/etc/vault-backup', join(temporary, 'host')));
}

/** On the host: the region and the configuration of the drop-in, and nothing of the administrator. */
function environmentOfHost(): NodeJS.ProcessEnv {
  const { AWS_EC2_METADATA_SERVICE_ENDPOINT: _imds, AWS_EC2_METADATA_V1_DISABLED: _v1, ...onHost } = checkout.onHost;
  const { AWS_ENDPOINT_URL, NODE_EXTRA_CA_CERTS, PATH, HOME } = onHost;
  const service = { AWS_REGION: 'us-east-2', AWS_CONFIG_FILE: host('aws-config'), AWS_EC2_METADATA_DISABLED: 'true' };
  return { AWS_ENDPOINT_URL, NODE_EXTRA_CA_CERTS, PATH, HOME, ...service };
}

/** As the guide has it, but for the folder of the host and the user that runs Vault, and with what a person waits for or confirms. */
async function follow(line: string): Promise<void> {
  const isVerification = / verify acme|verify\.cjs acme/.test(line);
  const command = line
    .replaceAll('/etc/vault-backup', join(temporary, 'host'))
    .replace('-in request.pem', `-in ${host('request.pem')}`)
    .replace(/ tomcat$/, ` ${userInfo().username}`);
  const flags = isVerification ? ` --accept-other-endpoints${ON_HOST.test(line) ? ' --settle 0' : ''}` : '';
  const administrator = { ...checkout.administrator, TF_CLI_ARGS_apply: '-auto-approve' };
  const env = ON_HOST.test(line) ? environmentOfHost() : { ...administrator, VAULT_BACKUP_FOLDER: host('') };
  const { exitCode, stdout, stderr } = await runShell(`${command}${flags}`, { cwd: checkout.folder, env });
  if (exitCode !== 0) throw new Error([command, stdout, stderr].join('\n'));
}

describeWithProvider('the guide for a host on premises', () => {
  test(
    'leads from an empty authority to a verified host, each command as it is written',
    async () => {
      mkdirSync(join(temporary, 'host'));
      for (const line of shellLinesOf(GUIDE).filter((one) => !RUN_ELSEWHERE.test(one))) {
        if (line.endsWith('prove acme')) writeEnvironment();
        await follow(line);
        if (line.endsWith('/aws-config')) await standInForHelper();
      }
    },
    HALF_AN_HOUR_MS,
  );
});
