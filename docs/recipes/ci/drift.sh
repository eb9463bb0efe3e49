#!/bin/sh
# Compares every deployed environment with what was audited, read-only: ci/drift.sh
# Leaves drift.json, and drift.xml in which each check of each environment is a case. One that cannot be compared stops no
# other. Ends with 1 when something drifted or could not be compared.
set -u
terraform=${TERRAFORM_BINARY_NAME:-terraform}
mkdir -p "${TF_PLUGIN_CACHE_DIR:-cdktf.out}"

status=0
npx vault-env synth --summary synth.json || status=1
for name in $(npx vault-env list --format names); do
  [ ! -d "cdktf.out/stacks/$name" ] || "$terraform" -chdir="cdktf.out/stacks/$name" init -input=false >&2 || status=1
done
npx vault-env emit cdktf.out --out deployed --summary emit.json >&2 || status=1
npx vault-env verify deployed --as operator --summary drift.json --format junit >drift.xml || status=1
exit "$status"
