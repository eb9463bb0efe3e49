#!/bin/sh
# Plans environments and audits each plan: ci/plan.sh ENVIRONMENT...
# Leaves plans/NAME.plan for ci/apply.sh where nothing is wrong, and of each environment comments/NAME.md for people,
# sarif/NAME.sarif for code scanning and evidence/NAME. One that fails stops no other; the exit code is then 1.
set -u
terraform=${TERRAFORM_BINARY_NAME:-terraform}
mkdir -p comments plans sarif "${TF_PLUGIN_CACHE_DIR:-plans}"

# Adds the audit of the plan to the comment.
audit() {
  json=plans/$1.json
  "$terraform" -chdir="$stack" show -json "$PWD/plans/$1.plan" >"$json" || return
  npx vault-env audit "$stack" --plan "$json" --format sarif --out "sarif/$1.sarif"
  npx vault-env audit "$stack" --plan "$json" --evidence "evidence/$1" --format markdown >>"comments/$1.md"
}

plan() {
  stack=cdktf.out/stacks/$1
  rm -rf "plans/$1.plan" "evidence/$1"
  npx vault-env diff "$1" --out "plans/$1.plan" >"plans/$1.txt"
  answer=$?
  cat "plans/$1.txt"
  { printf '## %s\n\n```text\n' "$1" && cat "plans/$1.txt" && printf '```\n\n'; } >"comments/$1.md"
  [ -e "plans/$1.plan" ] && audit "$1" && [ "$answer" -eq 0 ] && return
  rm -f "plans/$1.plan"
  return 1
}

status=0
for name; do plan "$name" || status=1; done
exit "$status"
