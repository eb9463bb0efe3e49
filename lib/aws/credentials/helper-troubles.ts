/** Why AWS's credential helper gives no credentials. */
export interface HelperTrouble {
  readonly id: string;
  /** The words of AWS, or of the helper. */
  readonly words: RegExp;
  readonly found: string;
  readonly fix: string;
}

const AS_OPERATOR = 'verify --as operator';

/**
 * Causes by the words of IAM Roles Anywhere, then by those of the helper itself, as its version 1.4.0 writes them; the
 * first that fits counts. For a certificate that is expired or revoked, and for a trust anchor or a profile that is
 * disabled, AWS documents no words.
 *
 * @see https://github.com/aws/rolesanywhere-credential-helper/issues/108
 * @see https://github.com/aws/rolesanywhere-credential-helper/issues/128
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-create-session.html
 */
export const HELPER_TROUBLES: readonly HelperTrouble[] = [
  {
    id: 'helper-no-chain',
    words: /Untrusted signing certificate/i,
    found: 'IAM Roles Anywhere finds no chain from the certificate of this host to the trust anchor',
    fix: `Have the certificate issued below the authority of the trust anchor, and name those between the two with --intermediates; ${AS_OPERATOR} says whether the trust anchor is enabled, and which authorities it holds`,
  },
  {
    id: 'helper-certificate-unfit',
    words: /Insufficient certificate/i,
    found: 'IAM Roles Anywhere does not take a certificate such as that of this host',
    fix: 'Have it issued as request.cnf of host/ asks: with the key usage digitalSignature, CA:FALSE, and signed over SHA-256 or stronger; look at its validity, too',
  },
  {
    id: 'helper-signature',
    words: /AccessDeniedException: Invalid signature/i,
    found: 'the private key does not belong to the certificate, or the request was changed on its way',
    fix: 'Put the key there that the certificate was requested with; else let the proxy pass IAM Roles Anywhere through without opening TLS, and run the helper with the whole environment of the service that runs Vault',
  },
  {
    id: 'helper-role-not-assumed',
    words: /Unable to assume role/i,
    found: 'the trust policy of the role, or the profile, does not let in the certificate of this host',
    fix: `Compare its common name and its issuer with the config, letter case included, and leave --role-session-name out; ${AS_OPERATOR} compares the trust policy and the profile`,
  },
  {
    id: 'helper-not-there',
    words: /ResourceNotFoundException/,
    found: 'the trust anchor, the profile or the role that the helper names is not there',
    fix: 'Compare its ARNs with the config; where the stack was made anew they are others: emit again',
  },
  {
    id: 'helper-arguments-refused',
    words: /ValidationException/,
    found: 'IAM Roles Anywhere does not take what the helper asks for',
    fix: 'Compare its arguments with the file aws-config of host/',
  },
  {
    id: 'helper-refused',
    words: /AccessDeniedException/,
    found: 'IAM Roles Anywhere refuses the certificate of this host, in words that AWS does not document',
    fix: `Look at its validity, at the clock, and whether the authority revoked it; ${AS_OPERATOR} says whether the trust anchor and the profile are enabled`,
  },
  {
    id: 'helper-regions',
    words: /trust anchor and profile regions don't match/,
    found: 'the trust anchor and the profile that the helper names are of two regions',
    fix: 'Name both as the config does',
  },
  {
    id: 'helper-arn',
    words: /arn: (invalid prefix|not enough sections)/,
    found: 'the helper is told no trust anchor, profile or role, or a part of its ARN',
    fix: 'Name each as the config does: --trust-anchor-arn, --profile-arn, --role-arn',
  },
  {
    id: 'helper-certificate-file',
    words: /could not parse PEM data/,
    found: 'the helper finds no certificate in PEM where --certificate says',
    fix: 'Put the certificate there that the authority issued, readable by the user of this run: renew.sh of host/ does',
  },
  {
    id: 'helper-key-file',
    words: /unable to parse private key/,
    found: 'the helper cannot read the private key',
    fix: 'Let the user that runs the helper, and nobody else, read the file of --private-key; a key with a passphrase needs --pkcs8-password',
  },
  {
    id: 'helper-file',
    words: /\bopen \S+: (no such file or directory|permission denied)/,
    found: 'a file that the helper is told is not there, or this user may not read it',
    fix: 'Put it there, or correct the arguments',
  },
  {
    id: 'helper-flag',
    words: /unknown flag: /,
    found: 'the helper does not know one of its arguments',
    fix: "Correct it, or update AWS's rolesanywhere-credential-helper",
  },
  {
    id: 'helper-proxy',
    words: /proxyconnect /,
    found: 'the proxy does not take the connection of the helper',
    fix: 'Correct HTTPS_PROXY, or name the host of IAM Roles Anywhere in NO_PROXY',
  },
  {
    id: 'helper-tls',
    words: /failed to verify certificate|\bx509: /,
    found: 'the helper does not trust the certificate of the endpoint',
    fix: 'Where a proxy opens TLS, put its authority among those that the system trusts, or into the file of SSL_CERT_FILE: the helper looks there, and not where Node or Java do',
  },
  {
    id: 'helper-network',
    words: /send request failed|\bdial tcp\b/,
    found: 'the helper does not reach IAM Roles Anywhere',
    fix: 'Open the way to its endpoint, or, behind a proxy, add --with-proxy: without it the helper takes no notice of HTTPS_PROXY',
  },
  {
    id: 'helper-program',
    words: /\bsh: .*: (not found|Permission denied)$/m,
    found: 'the program of credential_process cannot be run',
    fix: "Install AWS's rolesanywhere-credential-helper where the line names it, or correct the line",
  },
];

/** The trouble that the words tell; `undefined` where they tell none. */
export function helperTrouble(words: string): HelperTrouble | undefined {
  return HELPER_TROUBLES.find((one) => one.words.test(words));
}
