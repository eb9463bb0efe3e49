import { runChild } from '../../child-process';
import { ToolkitError } from '../../errors';
import type { ProcessEnvironment } from '../../process-environment';
import { type AccountState, importCrl, importTrustAnchor } from '../../simulated-aws';
import { describeDenial } from '../denial-text';
import { metadataVariables } from './ec2';
import { credentialsProgram, namesOfHost, processConfiguration, standInCertificate } from './host-certificate';
import type { HostRehearsal, HostToRehearse } from './host-rehearsal';

const AUTHORITY_FILE = 'stand-in-authority.pem';

/** A host with a certificate of the first name, under an authority that stands in for the customer's. */
export const onPremisesRehearsal: HostRehearsal<'on-premises'> = {
  title: 'Get a session with a certificate of the host',
  prepare: (state, { revocation, trustAnchor }) => {
    const listed = revocation === 'crl' ? ['the revocation list of the authority names nobody'] : [];
    return [...listed, ...prepareTrustAnchor(state, trustAnchor.arn)];
  },
  start: async (toRehearse) => {
    const { account, config, files, host } = toRehearse;
    const { trustAnchorArn, profileArn, certificate } = host;
    const { commonName, issuer } = namesOfHost(certificate);
    const { metadataEndpoint, standIn } = await account.startCertificateHost({
      ...{ trustAnchor: trustAnchorArn, profile: profileArn, roleArn: config.aws.roleArn },
      certificate: standInCertificate(certificate),
    });
    const authority = host.revocation === 'crl' ? await standIn() : undefined;
    if (authority !== undefined) {
      // As whoever runs the authority would: no stack can hold a list.
      importCrl(account.state, trustAnchorArn, authority.emptyCrlPem);
      files.write(AUTHORITY_FILE, authority.pem);
    }
    await requireSession(toRehearse, metadataEndpoint);
    return {
      credentials:
        host.helper === 'serve' ? metadataVariables(metadataEndpoint) : processVariables(toRehearse, metadataEndpoint),
      detail: `${commonName}, signed by a stand-in for ${issuer}, through ${host.helper}`,
      ...(authority !== undefined && { authorityFile: files.path(AUTHORITY_FILE) }),
    };
  },
};

function prepareTrustAnchor(state: AccountState, arn: string | undefined): readonly string[] {
  const standIn = 'an authority of the same name stands in for the one that signs certificates of hosts';
  if (arn === undefined) return [standIn];
  importTrustAnchor(state, arn);
  return [`the trust anchor '${arn}' is enabled`, standIn];
}

/**
 * Asks once for the session, so that a refusal is told in this step in AWS's words, and why. The SDK waits seconds for
 * `serve`, which a busy machine may take for the first.
 *
 * @throws {ToolkitError} `NoSession`
 */
async function requireSession(
  { root, signal, account: { requestLog } }: HostToRehearse<'on-premises'>,
  endpoint: string,
): Promise<void> {
  const { exitCode, stderr } = await runChild({
    program: process.execPath,
    args: [credentialsProgram(root), endpoint],
    env: {},
    signal,
  });
  if (exitCode === 0) return;
  const why = requestLog.last === undefined ? [] : describeDenial(requestLog.last);
  const lines = [`a session for the host must be given, got: ${stderr.trim()}`, ...why];
  throw new ToolkitError('NoSession', lines.join('\n'));
}

/** As `credential_process` of the AWS configuration, which a program prints the credentials for. */
function processVariables({ files, root }: HostToRehearse<'on-premises'>, endpoint: string): ProcessEnvironment {
  files.write('aws-config', processConfiguration(root, endpoint));
  return { AWS_CONFIG_FILE: files.path('aws-config'), AWS_EC2_METADATA_DISABLED: 'true' };
}
