import { regionOf } from '../../arn';
import { shellWord } from '../../quoting/shell-word';
import type { HostFile, HostToSetUp } from '../host-file';
import { REFUSE } from './script';

/** As AWS takes a list. @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_ImportCrl.html */
const MOST_BYTES = 300_000;

const BODY = `
${REFUSE}
[ $# -eq 1 ] || refuse "the revocation list must be named: sh $0 <file>"
list=$(mktemp)
trap 'rm -f "$list"' EXIT
openssl crl -in "$1" -out "$list" 2>/dev/null || openssl crl -inform DER -in "$1" -out "$list" 2>/dev/null ||
  refuse "it must be a revocation list in PEM or DER, got: $1"
[ "$(wc -c <"$list")" -le ${MOST_BYTES} ] || refuse "AWS takes ${MOST_BYTES} bytes of a list, and it has $(wc -c <"$list")"
openssl crl -in "$list" -noout -issuer -nextupdate
found=$(aws rolesanywhere list-crls --region "$region" --output text \\
  --query "crls[?trustAnchorArn=='$trust_anchor' && name=='$name'].crlId")
if [ -z "$found" ] || [ "$found" = None ]; then
  aws rolesanywhere import-crl --region "$region" --name "$name" --trust-anchor-arn "$trust_anchor" \\
    --crl-data "fileb://$list" --enabled --query crl.crlArn --output text
else
  aws rolesanywhere update-crl --region "$region" --crl-id "$found" \\
    --crl-data "fileb://$list" --query crl.crlArn --output text
fi
`;

/** Gives IAM Roles Anywhere the revocation list, which it fetches from nowhere. Run where the AWS CLI may, not on the host. */
export function revocationList({ environment, host }: HostToSetUp<'on-premises'>): readonly HostFile[] {
  if (host.revocation !== 'crl') return [];
  const region = regionOf(host.trustAnchorArn);
  const text = `#!/bin/sh
# Imports the revocation list of the authority, or puts a newer one into its place. Whenever the authority issues one.
set -eu
region=${shellWord(region)}
trust_anchor=${shellWord(host.trustAnchorArn)}
name=${shellWord(`vault-backup-${environment}`)}
${BODY}`;
  return [{ name: 'crl.sh', text }];
}
