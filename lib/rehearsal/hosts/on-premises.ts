import { join } from 'node:path';
import { ToolkitError } from '../../errors';
import type { ProcessEnvironment } from '../../process-environment';
import { metadataVariables } from './ec2';
import type { HostRehearsal, HostToRehearse } from './host-rehearsal';

/** The name of the authority that stands in where the environment pins none. */
const ANY_ISSUER = 'Rehearsal CA';

const TOKEN_SECONDS = { 'x-aws-ec2-metadata-token-ttl-seconds': '60' };

/** A host with a certificate of the first name, under an authority that stands in for the customer's. */
export const onPremisesRehearsal: HostRehearsal<'on-premises'> = {
  title: 'Get a session with a certificate of the host',
  start: async (toRehearse) => {
    const { account, config, host } = toRehearse;
    const { trustAnchorArn, profileArn, certificate } = host;
    const [commonName = ''] = certificate.subject.CN;
    const issuer = certificate.issuer?.CN ?? ANY_ISSUER;
    const { metadataEndpoint } = await account.startCertificateHost({
      ...{ trustAnchorArn, profileArn, roleArn: config.aws.roleArn },
      subject: [{ CN: [commonName] }],
      issuer: [{ CN: [issuer] }],
    });
    await requireSession(metadataEndpoint);
    return {
      credentials:
        host.helper === 'serve' ? metadataVariables(metadataEndpoint) : processVariables(toRehearse, metadataEndpoint),
      detail: `${commonName}, signed by a stand-in for ${issuer}, through ${host.helper}`,
    };
  },
};

/**
 * Asks once for the session, so that a refusal is told in this step in AWS's words. The SDK waits a second for `serve`,
 * which a busy machine may take for the first.
 *
 * @throws {ToolkitError} `NoSession`
 */
async function requireSession(endpoint: string): Promise<void> {
  const token = await text(`${endpoint}/latest/api/token`, { method: 'PUT', headers: TOKEN_SECONDS });
  const headers = { 'x-aws-ec2-metadata-token': token };
  const roles = `${endpoint}/latest/meta-data/iam/security-credentials/`;
  await text(`${roles}${await text(roles, { headers })}`, { headers });
}

async function text(url: string, options: RequestInit): Promise<string> {
  const response = await fetch(url, options);
  const body = await response.text();
  if (response.ok) return body;
  throw new ToolkitError('NoSession', `a session for the host must be given, got: ${body}`);
}

/** As `credential_process` of the AWS configuration, which a program prints the credentials for. */
function processVariables({ files, root }: HostToRehearse<'on-premises'>, endpoint: string): ProcessEnvironment {
  const program = join(root, 'lib', 'rehearsal', 'hosts', 'print-credentials.cjs');
  const command = [process.execPath, program, endpoint].map((part) => `"${part}"`).join(' ');
  files.write('aws-config', `[default]\ncredential_process = ${command}\n`);
  return { AWS_CONFIG_FILE: files.path('aws-config'), AWS_EC2_METADATA_DISABLED: 'true' };
}
