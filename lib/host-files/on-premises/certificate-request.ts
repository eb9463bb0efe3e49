import { shellWord } from '../../quoting/shell-word';
import type { HostFile, HostToSetUp } from '../host-file';
import { atFolder, REFUSE } from './script';

/**
 * AWS's demands on a certificate. The name comes from the environment, because each host has another.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
const REQUEST = `# Certificate request of a Vault host; request.sh makes it. There is no key in it.
[req]
prompt = no
utf8 = yes
string_mask = utf8only
distinguished_name = subject
req_extensions = extensions

[subject]
commonName = \${ENV::COMMON_NAME}

[extensions]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = clientAuth
`;

const BODY = `${REFUSE}
[ $# -ge 1 ] || refuse "the common name of this host must be named: sh $0 <common name> [user that reads the key]"
is_ours "$1" || refuse "the common name must be one that the role trusts, got: $1"
umask 077
if [ ! -e "$folder/private-key.pem" ]; then
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$folder/.private-key.new"
  mv "$folder/.private-key.new" "$folder/private-key.pem"
fi
[ $# -lt 2 ] || chown "$2" "$folder/private-key.pem"
COMMON_NAME=$1 openssl req -new -sha256 -config "$(dirname "$0")/request.cnf" \\
  -key "$folder/private-key.pem" -out "$folder/request.pem"
chmod 644 "$folder/request.pem"
echo "$folder/request.pem"
`;

/** The request for a certificate: made on the host, which its private key never leaves. */
export function certificateRequest({ host }: HostToSetUp<'on-premises'>): readonly HostFile[] {
  const head = atFolder('Makes a private key, where there is none yet, and a request for its certificate.');
  return [
    { name: 'request.cnf', text: REQUEST },
    { name: 'request.sh', text: `${head}${isOurs(host.certificate.subject.CN)}\n${BODY}` },
  ];
}

/** A function of the shell: whether its argument is one of the names. */
export function isOurs(names: readonly string[]): string {
  return `is_ours() { case $1 in ${names.map(shellWord).join(' | ')}) ;; *) return 1 ;; esac; }`;
}
