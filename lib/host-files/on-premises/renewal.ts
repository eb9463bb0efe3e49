import { shellWord } from '../../quoting/shell-word';
import type { HostFile, HostToSetUp } from '../host-file';
import { isOurs } from './certificate-request';
import { atFolder, REFUSE } from './script';

/** An authority may date a certificate back by so much, for clocks that go wrong. */
const BACKDATED_SECONDS = 3600;
const DAY_SECONDS = 86_400;

/** Each part of it says what AWS, or the trust of the role, would refuse. */
const BODY = `
${REFUSE}
names() { openssl x509 -in "$new" -noout "-$1" -nameopt multiline,utf8,-esc_msb; }
common_name() { names "$1" | sed -n 's/^ *commonName *= //p'; }

[ $# -eq 1 ] || refuse "the new certificate must be named: sh $0 <file>"
new=$1
openssl x509 -in "$new" -noout || refuse "it must be a certificate in PEM, got: $new"
is_ours "$(common_name subject)" || refuse "its common name must be one that the role trusts, got: $(common_name subject)"
if [ -n "$issuer" ] && [ "$(common_name issuer)" != "$issuer" ]; then
  refuse "it must be issued by $issuer, got: $(common_name issuer)"
fi
[ "$(openssl x509 -in "$new" -noout -pubkey)" = "$(openssl pkey -in "$folder/private-key.pem" -pubout)" ] ||
  refuse "it must belong to the private key of this host"
openssl x509 -in "$new" -noout -checkend 0 >/dev/null || refuse "it must be valid, and has expired"
if [ -n "$longest" ] && openssl x509 -in "$new" -noout -checkend "$longest" >/dev/null; then
  refuse "it must expire within the days that the environment file names"
fi
text=$(openssl x509 -in "$new" -noout -text)
case $text in *'Digital Signature'*) ;; *) refuse "its key usage must have digitalSignature" ;; esac
case $text in *'CA:TRUE'*) refuse "it must be of a host, and is of an authority" ;; esac
case $text in *'CA:FALSE'*) ;; *) refuse "its basic constraints must say CA:FALSE" ;; esac
case $text in *'Signature Algorithm: md5'* | *'Signature Algorithm: sha1'* | *'Signature Algorithm: ecdsa-with-SHA1'*)
  refuse "it must be signed over SHA-256 or stronger" ;;
esac
if cmp -s "$new" "$folder/certificate.pem"; then
  echo "unchanged"
  exit 0
fi
cp "$new" "$folder/.certificate.new"
chmod 644 "$folder/.certificate.new"
mv "$folder/.certificate.new" "$folder/certificate.pem"
echo "renewed: the helper reads it with the next session, and needs no restart"
`;

/** Puts a certificate into place, the first one as well as a renewed one, once it is one that gets a session. */
export function renewal({ host }: HostToSetUp<'on-premises'>): HostFile {
  const { subject, issuer, maximumDays } = host.certificate;
  const longest = maximumDays === undefined ? '' : `${maximumDays * DAY_SECONDS + BACKDATED_SECONDS}`;
  const settings = [isOurs(subject.CN), `issuer=${issuer ? shellWord(issuer.CN) : ''}`, `longest=${longest}`];
  const head = atFolder('Puts a new certificate of this host into place, where a session can be had with it.');
  return { name: 'renew.sh', text: `${head}${settings.join('\n')}\n${BODY}` };
}
