import { attachByStack, type HostKind } from '../host-kind';

/** A host that shows a certificate to IAM Roles Anywhere. */
export const onPremises: HostKind<'on-premises'> = {
  sheet: {
    facts: ({ trustAnchorArn, profileArn, certificate }) => [
      { name: 'Trust anchor', value: trustAnchorArn },
      { name: 'Profile', value: profileArn },
      { name: 'Common names', value: certificate.subject.CN.join(', ') },
      ...(certificate.issuer ? [{ name: 'Issued by', value: certificate.issuer.CN }] : []),
    ],
    beforeVerifying: ({ certificate, helper, revocation }, { aws: { region } }) => [
      `Issue each Vault host, the one that runs the scheduler included, a certificate with its common name (${certificate.subject.CN.join(', ')}), the key usage digitalSignature${validity(certificate.maximumDays)}; the private key stays on the host, readable by the user that needs it alone.`,
      helper === 'process'
        ? "Install AWS's rolesanywhere-credential-helper on each of them, and name it as credential_process in the AWS configuration of the user that runs Vault."
        : "Install AWS's rolesanywhere-credential-helper on each of them, and run its serve on the loopback address with --hop-limit 1, as a user of its own.",
      `Set AWS_REGION to ${region} for the service that runs Vault: the role-based form has no region, and nothing off EC2 tells one.`,
      ...(revocation === 'crl'
        ? [
            'Import the revocation list of the authority (aws rolesanywhere import-crl), and again whenever it is issued: IAM Roles Anywhere fetches none.',
          ]
        : []),
    ],
  },
  // `serve` is a metadata service; otherwise the helper is a credential_process.
  credentialSources: ({ helper }) =>
    helper === 'serve' ? ['IMDS'] : ['CREDENTIALS_PROFILE_PROCESS', 'CREDENTIALS_PROCESS'],
  words: {
    giver: 'the certificate of this host',
    give: "Install the certificate of this host and AWS's rolesanywhere-credential-helper, or run this on the host that has them",
    giveRole: (roleArn) => `Let the credential helper ask for the role ${roleArn}.`,
    giveAgain:
      'Look at the output of the credential helper, at the validity of the certificate, and at the trust anchor and the profile.',
    attach: attachByStack,
  },
};

function validity(maximumDays: number | undefined): string {
  return maximumDays === undefined ? '' : `, and a validity of ${maximumDays} days at most`;
}
