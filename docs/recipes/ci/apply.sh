#!/bin/sh
# Applies the very plans that ci/plan.sh left, and verifies as operator: ci/apply.sh [ENVIRONMENT...]
# Leaves what hosts and Vault's screen need in handed-over/NAME, and completes evidence/NAME. Without names it takes each
# plan in plans/. One that fails stops no other; the exit code is then 1.
set -u
terraform=${TERRAFORM_BINARY_NAME:-terraform}
mkdir -p "${TF_PLUGIN_CACHE_DIR:-plans}"

apply() {
  stack=cdktf.out/stacks/$1
  npx vault-env synth "$1" &&
    "$terraform" -chdir="$stack" init -input=false &&
    "$terraform" -chdir="$stack" apply -input=false "$PWD/plans/$1.plan" &&
    npx vault-env emit "$1" --out "handed-over/$1" &&
    npx vault-env verify "handed-over/$1/backup-environment.json" --as operator --evidence "evidence/$1" &&
    npx vault-env evidence verify "evidence/$1"
}

if [ $# -eq 0 ]; then
  for file in plans/*.plan; do
    [ ! -e "$file" ] || set -- "$@" "$(basename "$file" .plan)"
  done
fi
status=0
for name; do apply "$name" || status=1; done
exit "$status"
