import { CREDENTIAL_TROUBLES } from '../../lib/aws/credentials/credential-troubles';
import { HELPER_TROUBLES, helperTrouble } from '../../lib/aws/credentials/helper-troubles';
import { metadataTrouble } from '../../lib/aws/credentials/metadata-troubles';

const POST =
  'RequestError: send request failed\ncaused by: Post "https://rolesanywhere.us-east-2.amazonaws.com/sessions"';

/** The words of AWS and of its helper 1.4.0, with what they are taken for. */
const WORDS: readonly (readonly [id: string, words: string])[] = [
  ['helper-no-chain', 'AccessDeniedException: Untrusted signing certificate'],
  ['helper-no-chain', 'AccessDeniedException: Untrusted Signing Certificate'],
  ['helper-certificate-unfit', 'AccessDeniedException: Untrusted certificate. Insufficient certificate'],
  ['helper-signature', 'https response error StatusCode: 403, RequestID: x, AccessDeniedException: Invalid signature'],
  ['helper-role-not-assumed', 'AccessDeniedException: Unable to assume role for arn:aws:iam::111122223333:role/vault'],
  ['helper-not-there', 'ResourceNotFoundException: Trust anchor not found'],
  ['helper-arguments-refused', 'ValidationException: durationSeconds'],
  ['helper-refused', 'AccessDeniedException: Untrusted certificate. Revoked certificate'],
  ['helper-refused', 'AccessDeniedException: '],
  ['helper-regions', "2026/11/29 18:23:37 trust anchor and profile regions don't match"],
  ['helper-arn', '2026/11/29 18:23:37 arn: invalid prefix'],
  ['helper-certificate-file', '2026/11/29 18:23:36 could not parse PEM data'],
  ['helper-key-file', '2026/11/29 18:23:36 unable to parse private key'],
  ['helper-file', '2026/11/29 18:23:37 open /etc/vault-backup/chain.pem: no such file or directory'],
  ['helper-file', '2026/11/29 18:23:37 open /etc/vault-backup/chain.pem: permission denied'],
  ['helper-flag', 'Error: unknown flag: --pkcs8-password\nUsage:'],
  ['helper-proxy', `${POST}: proxyconnect tcp: dial tcp 127.0.0.1:1: connect: connection refused`],
  ['helper-tls', `${POST}: tls: failed to verify certificate: x509: certificate signed by unknown authority`],
  ['helper-network', `${POST}: dial tcp: lookup rolesanywhere.us-east-2.amazonaws.com: no such host`],
  ['helper-network', `${POST}: dial tcp 10.0.0.1:443: i/o timeout`],
  ['helper-program', '/bin/sh: 1: /usr/local/bin/aws_signing_helper: not found'],
  ['helper-program', '/bin/sh: 1: /usr/local/bin/aws_signing_helper: Permission denied'],
];

test.each(WORDS)('%s is told by %j', (id, words) => {
  const reason = `Command failed: /usr/local/bin/aws_signing_helper credential-process: ${words.replaceAll('\n', ': ')}`;
  const trouble = CREDENTIAL_TROUBLES.find(({ fits }) => fits({ reason, env: {} }));
  expect({ whole: helperTrouble(words)?.id, inOneLine: trouble?.id }).toEqual({ whole: id, inOneLine: id });
});

test('each has words that tell it', () => {
  const told = new Set(WORDS.map(([id]) => id));
  expect(HELPER_TROUBLES.map(({ id }) => id).filter((id) => !told.has(id))).toEqual([]);
});

test.each([
  ['another program', 'Command failed: /opt/credentials: no anchor', 'process-failed'],
  ['no program', 'AccessDeniedException: Untrusted signing certificate', undefined],
])('the words of %s are not taken for the helper’s', (_who, reason, id) => {
  expect(CREDENTIAL_TROUBLES.find(({ fits }) => fits({ reason, env: {} }))?.id).toBe(id);
});

test.each([
  {
    words: 'AccessDeniedException: Untrusted signing certificate',
    found:
      'asked for the credentials of the role, the metadata service answers HTTP 500: AccessDeniedException: Untrusted signing certificate: IAM Roles Anywhere finds no chain from the certificate of this host to the trust anchor',
    fix: /^Have the certificate issued below the authority/,
  },
  {
    words: '',
    found: 'asked for the credentials of the role, the metadata service answers HTTP 500',
    fix: /^Look at the log of what serves them/,
  },
])('what serve refuses with %j is told with its cause', ({ words, found, fix }) => {
  const answer = { tokenStatus: 200, plainStatus: 401, roleName: 'vault', refusal: { status: 500, words } };
  expect(metadataTrouble(answer)).toEqual({ found, fix: expect.stringMatching(fix) });
});
