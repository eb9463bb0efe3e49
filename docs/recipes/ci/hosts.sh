#!/bin/sh
# Verifies on the Vault hosts through Systems Manager: ci/hosts.sh ENVIRONMENT...
# A host of an environment has the tag VaultEnvironment with its name. VERIFIER_URL says where hosts get the verifier that do
# not have it. Leaves results/HOST, and completes evidence/ENVIRONMENT. One that fails stops no other; the exit code is
# then 1.
set -u
npx vault-env verifier --out handed-over || exit
sum=$(cut -c 1-64 handed-over/vault-env-verify.cjs.sha256)

invocations() {
  aws ssm list-command-invocations --command-id "$command" --output text \
    --query "CommandInvocations[?$1].InstanceId"
}

# An error that is no result stays out of the results.
bring_back() {
  mkdir -p "results/$2"
  aws ssm get-command-invocation --command-id "$command" --instance-id "$2" --output text --query StandardOutputContent |
    base64 -d | gunzip >"results/$2/verification.json" && cp "handed-over/$1/backup-environment.json" "results/$2/"
}

verify() {
  config=$(gzip -c "handed-over/$1/backup-environment.json" | base64 -w 0)
  command=$(aws ssm send-command --document-name VaultEnvVerify --targets "Key=tag:VaultEnvironment,Values=$1" \
    --parameters "{\"Config\":[\"$config\"],\"VerifierSha256\":[\"$sum\"],\"VerifierUrl\":[\"${VERIFIER_URL:-}\"]}" \
    --output text --query Command.CommandId) || return
  sleep "${POLL_SECONDS:-10}"
  while [ -n "$(invocations "Status=='Pending' || Status=='InProgress' || Status=='Delayed'")" ]; do
    sleep "${POLL_SECONDS:-10}"
  done
  hosts=$(invocations "Status!='Pending'") && [ -n "$hosts" ] || return
  failed=0
  for host in $hosts; do bring_back "$1" "$host" || failed=1; done
  [ -z "$(invocations "Status!='Success'")" ] && [ "$failed" -eq 0 ]
}

status=0
for name; do verify "$name" || status=1; done
npx vault-env evidence collect results --into evidence || status=1
exit "$status"
