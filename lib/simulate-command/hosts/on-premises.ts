import { nameOf } from '../../arn';
import { roleArn, roleName } from '../../policy/resource-names';
import { metadataVariables } from '../../rehearsal/hosts/ec2';
import { processConfiguration, standInCertificate } from '../../rehearsal/hosts/host-certificate';
import { importCrl } from '../../simulated-aws';
import type { StartHost } from './host-of-simulation';

/** A host with a certificate, and the helper's way of handing over that the environment names. */
export const startOnPremises: StartHost<'on-premises'> = async ({ account, state, port, ...place }, host) => {
  const { environment, root, writeFile } = place;
  const name = roleName(environment);
  const arn = roleArn(environment);
  const { metadataEndpoint, credentials, standIn } = await account.startCertificateHost({
    ...{ account: state, port, roleArn: arn, profile: name, trustAnchor: host.trustAnchor.arn ?? name },
    certificate: standInCertificate(host.certificate),
  });
  const common = {
    title: `the host of ${environment.name} outside of AWS`,
    credentials: async () => {
      const held = await credentials();
      return held && { ...held, expiresAt: new Date(held.expiration), roleName: nameOf(arn) };
    },
    // As whoever runs the authority would: no stack can hold a list.
    afterDeployment: async () => {
      const authority = host.revocation === 'crl' ? await standIn() : undefined;
      if (authority !== undefined) importCrl(state, authority.anchorArn, authority.emptyCrlPem);
    },
  };
  if (host.credentials === 'serve') {
    const variables = { AWS_EC2_METADATA_DISABLED: 'false', ...metadataVariables(metadataEndpoint) };
    return { ...common, summary: { metadataEndpoint }, variables };
  }
  const configFile = writeFile(`${environment.name}-aws-config`, processConfiguration(root, metadataEndpoint));
  const variables = {
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: configFile,
    // Keys in the user's own file would win.
    AWS_SHARED_CREDENTIALS_FILE: writeFile('no-credentials', ''),
  };
  return { ...common, summary: { configFile }, variables };
};
