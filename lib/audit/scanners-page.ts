import type { EquivalentChecks } from './report/audit-report';
import type { Rule } from './rule-kit/rule';
import { RULES } from './rules';

/** A finding of another scanner on a stack that the audit passes. */
interface ForeignFinding {
  readonly check: string;
  readonly where: string;
  readonly isFair: string;
  readonly answer: string;
}

const FINDINGS: readonly ForeignFinding[] = [
  {
    check: 'checkov CKV_AWS_144; Prowler s3_bucket_cross_region_replication',
    where: 'every environment',
    isFair: 'yes: archives have no other copy',
    answer: 'the organization decides on a second Region; the audit lists it as inherited',
  },
  {
    check: 'checkov CKV2_AWS_62; Prowler s3_bucket_event_notifications_enabled',
    where: 'every environment',
    isFair: 'no: any notification satisfies it, one to a topic of another account too',
    answer: 'skip it; the audit fails a notification to somebody outside the stack',
  },
  {
    check: 'checkov CKV_AWS_145; Prowler s3_bucket_kms_encryption; tfsec encryption-customer-key',
    where: 'AES-256',
    isFair: 'yes: the environment file chose SSE-S3',
    answer: 'choose AWS-KMS, or keep the waiver that the audit generates',
  },
  {
    check: 'tfsec encryption-customer-key',
    where: 'AWS-KMS',
    isFair: 'no: tfsec does not read this nested block in JSON',
    answer: 'skip it',
  },
  {
    check: 'tfsec AVD-AWS-0088 and its check of versioning',
    where: 'every environment',
    isFair: 'no: tfsec does not read these nested blocks in JSON',
    answer: 'skip them',
  },
  {
    check: 'checkov CKV_AWS_18; Prowler s3_bucket_server_access_logging_enabled',
    where: 'an environment without `accessLog`',
    isFair: 'yes: the audit fails it too',
    answer: 'name a bucket in `accessLog`',
  },
  {
    check: 'Prowler s3_bucket_object_lock',
    where: 'an environment without `objectLock`',
    isFair: 'partly: it is an option, which Vault does not document',
    answer: 'turn `objectLock` on, or rely on the rule `versions-protected`',
  },
  {
    check: 'Prowler s3_bucket_no_mfa_delete',
    where: 'every environment',
    isFair: 'no: S3 refuses MFA delete beside a lifecycle',
    answer: 'mute it; the rule `versions-protected` makes up for it',
  },
  {
    check: 'Prowler iam_role_cross_service_confused_deputy_prevention',
    where: 'a role for EC2',
    isFair: 'no: EC2 sends neither aws:SourceArn nor aws:SourceAccount',
    answer: 'mute it; a condition on them would lock the host out',
  },
  {
    check: 'parliament, on trust, bucket and key policies',
    where: 'every environment',
    isFair: 'no: it reads each as an identity policy',
    answer: 'give it the identity policies only',
  },
];

/** A reader of something that is written here, as it was tried. */
interface OtherReader {
  readonly reader: string;
  readonly of: string;
  readonly outcome: string;
}

const READERS: readonly OtherReader[] = [
  {
    reader: '`terraform validate`',
    of: 'a synthesized stack',
    outcome: 'valid',
  },
  {
    reader: '`terraform fmt -check`',
    of: 'a synthesized stack',
    outcome: 'nothing to format; it reads `versions.tf` alone, since Terraform formats no JSON',
  },
  {
    reader: 'sarif-tools 3.0.5',
    of: '`audit --format sarif`',
    outcome: 'each failure with its rule, file and line; it does not count what is waived',
  },
  {
    reader: 'junitparser 5.0.3, junit2html 31.1.4',
    of: '`audit --format junit`',
    outcome: 'both suites, with failed and skipped cases',
  },
];

/** The findings of other scanners on this project's stacks, and which of their checks ask what a rule asks, as Markdown. */
export function scannersPage(): string {
  return `# Scanners beside the audit

Written by \`npm run rules\` from [\`lib/audit\`](../lib/audit). Tried with checkov 3.3.30, tfsec (its last release), parliament 1.6.4, cloudsplaining 0.9.1, Prowler 5.46, tflint 0.64.0 and conftest 0.71.1.

## Run them

| scanner | on what | command |
| --- | --- | --- |
| checkov | a synthesized stack | \`checkov --directory cdktf.out/stacks/<environment> --framework terraform_json\` (by the name \`terraform\` it reads no JSON, and does not say so) |
| checkov | a plan | \`terraform show -json plan > plan.json && checkov --file plan.json --framework terraform_plan\` |
| tfsec | a synthesized stack | \`tfsec cdktf.out/stacks/<environment>\` |
| tflint | a synthesized stack | \`tflint --chdir=cdktf.out/stacks/<environment>\` |
| conftest | a synthesized stack, with your policies | \`conftest test --policy <folder> cdktf.out/stacks/<environment>/cdk.tf.json\` (\`input.resource\`) |
| conftest | a plan | \`conftest test --policy <folder> plan.json\` (\`input.resource_changes\`) |
| Prowler | a simulated account | \`vault-env simulate aes-256 aws-kms -- prowler aws --service s3 kms iam --region us-east-2\`; takes minutes to install, so it is no part of CI here |

tflint and conftest read both examples whole, and a fault that is put in is found: tflint then ends with 2, or with 1 where it cannot read, and conftest with 1. tflint reads no plans; conftest has no policies of its own, and was tried with one about the public access block.

Not tried, since the Go module proxy does not serve them: infracost, and tflint's rules for AWS. Not tried either: trivy 0.74, which takes over from tfsec and which Go 1.26 builds with \`GOEXPERIMENT=jsonv2\` alone, from some 3,000 packages.

Prowler ends by itself, with 3 while anything fails, and \`simulate\` then with 1. It goes on past services that the simulated account does not have (EC2's regions, CloudTrail, Organizations). It fails nothing in KMS (two checks of enclaves are for a person), and in S3 and IAM on what the stacks make only what the table below says; the rest is about the account itself: its one user has an access key and no second factor, it has no password policy, no SAML provider and no role for support; and the buckets that the simulation takes to be there already, as for access logs. S3 Control answers as an account that has no public access block of its own and no access points.

A check of checkov that a stack answers for need not be skipped by hand. \`vault-env synth --scanner checkov\` writes a \`.checkov.yaml\` beside each stack: it skips what the audit of that stack waives, inherits or finds not applicable, each with the reason, and with its last day where it is a waiver of \`--waivers\`. checkov reads it where \`--directory\` is the folder of the stack. A check that the stack fails is not in it. checkov takes no suppression from comments in JSON.

## What they find on a stack that passes the audit

${table(
  ['check', 'where', 'fair?', 'answer'],
  FINDINGS.map(({ check, where, isFair, answer }) => [check, where, isFair, answer]),
)}

cloudsplaining and tflint find nothing.

## Other readers

${table(
  ['reader', 'of what', 'what it makes of it'],
  READERS.map(({ reader, of, outcome }) => [reader, of, outcome]),
)}

OpenTofu 1.12.6, built from source, rehearses, plans and is audited with \`--plan\` as Terraform is. Since 1.12 it passes over \`required_version\` in \`.tf\` files, which it takes for Terraform’s, so that \`versions.tofu\` stands beside \`versions.tf\`; OpenTofu reads it since 1.8, and \`vault-env\` itself refuses any below 1.10. It warns on standard output, before the JSON that it was asked for, about a CLI configuration that is not there; everything here that reads a tool's JSON reads past such words. Building it compiles some 1,700 packages and takes longer than the tests, so CI rehearses the examples with it only where \`tofu\` is on the PATH, and says so where it is not.

## The same question in their words

${table(['rule', 'checkov', 'Prowler', 'where the rule asks more'], RULES.flatMap(rowsOf))}
`;
}

function rowsOf({ id, equivalents }: Rule): readonly (readonly string[])[] {
  return equivalents === undefined ? [] : [[`\`${id}\``, ...cellsOf(equivalents)]];
}

function cellsOf({ checkov = [], prowler = [], beyond = '' }: EquivalentChecks): readonly string[] {
  return [checkov.join(', '), prowler.join(', '), beyond];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
