import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithProvider } from '../e2e/describe-with-provider';
import { createAuthority } from '../simulated-aws/rolesanywhere/certificate-authority';
import { HALF_AN_HOUR_MS, inAccount, type Place, take, terraformIn } from './provider-run';

const accountId = '111122223333';
const region = 'us-east-2';
const ROLE = `arn:aws:iam::${accountId}:role/vault-backup-acme`;
const PRIVATE_CA = `arn:aws:acm-pca:${region}:${accountId}:certificate-authority/11111111-2222-3333-4444-555555555555`;

/** Each kind of source, with everything that the provider knows of it; the third kind of trust anchor is none of its own. */
const SOURCES: Readonly<Record<string, string>> = {
  CERTIFICATE_BUNDLE: '{ x509_certificate_data = file("${path.module}/${var.pem}") }',
  AWS_ACM_PCA: `{ acm_pca_arn = "${PRIVATE_CA}" }`,
};

const anchor = ([type, data]: readonly [string, string]) => `
resource "aws_rolesanywhere_trust_anchor" "${type}" {
  name    = "vault-backup-\${var.name}"
  enabled = var.enabled
  source {
    source_type = "${type}"
    source_data ${data}
  }
  notification_settings {
    enabled   = true
    event     = "CA_CERTIFICATE_EXPIRY"
    threshold = var.days
  }
  notification_settings {
    enabled   = true
    event     = "END_ENTITY_CERTIFICATE_EXPIRY"
    threshold = var.days
  }
}`;

const CONFIGURATION = `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.100.0, < 7.0.0" }
  }
}
variable "name" { default = "acme" }
variable "pem" { default = "first.pem" }
variable "enabled" { default = true }
variable "days" { default = 30 }
variable "seconds" { default = 3600 }
variable "tag" { default = "a" }
provider "aws" {
  region = "${region}"
  default_tags { tags = { owner = var.tag } }
}
${Object.entries(SOURCES).map(anchor).join('\n')}
resource "aws_rolesanywhere_profile" "vault" {
  name             = "vault-backup-\${var.name}"
  enabled          = var.enabled
  duration_seconds = var.seconds
  role_arns        = ["${ROLE}"]
  session_policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })
}
resource "aws_rolesanywhere_profile" "bare" {
  name      = "bare"
  role_arns = ["${ROLE}"]
}
resource "aws_rolesanywhere_trust_anchor" "bare" {
  name = "bare"
  source {
    source_type = "CERTIFICATE_BUNDLE"
    source_data ${SOURCES.CERTIFICATE_BUNDLE}
  }
}
`;

type Change = readonly [title: string, variables: Readonly<Record<string, string>>];

const IN_PLACE: readonly Change[] = [
  ['created', {}],
  ['disabled, with another tag', { enabled: 'false', tag: 'b' }],
  ['enabled, with another authority, name and session length', { pem: 'second.pem', name: 'beta', seconds: '900' }],
];

/** The provider knows of no update of them: the trust anchor gets a new ARN, which no trust policy names. */
const ANEW: Change = ['with other notices', { pem: 'second.pem', name: 'beta', seconds: '900', days: '60' }];

async function writeConfiguration({ folder }: Place): Promise<string> {
  const configuration = join(folder, 'configuration');
  mkdirSync(configuration);
  for (const name of ['first', 'second']) {
    writeFileSync(join(configuration, `${name}.pem`), `${(await createAuthority({ subject: `CN=${name}` })).pem}\n`);
  }
  writeFileSync(join(configuration, 'main.tf'), CONFIGURATION);
  return configuration;
}

async function change(place: Place, configuration: string, variables: Readonly<Record<string, string>>) {
  const named = Object.fromEntries(Object.entries(variables).map(([name, value]) => [`TF_VAR_${name}`, value]));
  const terraform = await terraformIn(place, configuration, named);
  await terraform.apply();
  return `then ${await terraform.plan()}`;
}

describeWithProvider('trust anchors and profiles', () => {
  test(
    'are created, changed and destroyed, and every plan in between is empty',
    async () => {
      await inAccount({ accountId, region }, async (place) => {
        const configuration = await writeConfiguration(place);
        await (await terraformIn(place, configuration)).init();
        const { trustAnchors, profiles } = place.account.state.rolesAnywhere;
        const idsOf = (resources: ReadonlyMap<string, unknown>) => [...resources.keys()];
        const step = ([title, variables]: Change) => [title, () => change(place, configuration, variables)] as const;
        const created = await take(IN_PLACE.slice(0, 1).map(step));
        const ids = [idsOf(trustAnchors), idsOf(profiles)];
        const changed = await take(IN_PLACE.slice(1).map(step));
        expect([idsOf(trustAnchors), idsOf(profiles)]).toEqual(ids);
        const replaced = await take([step(ANEW)]);
        const titles = [...IN_PLACE, ANEW].map(([title]) => `${title}: then no-changes`);
        expect([...created, ...changed, ...replaced]).toEqual(titles);
        expect(idsOf(profiles)).toEqual(ids[1]);
        expect(idsOf(trustAnchors).filter((id) => ids[0]?.includes(id))).toHaveLength(1);
        expect([...trustAnchors.values()].find(({ name }) => name === 'bare')?.isEnabled).toBe(false);
        await (await terraformIn(place, configuration)).destroy();
        expect([trustAnchors.size, profiles.size]).toEqual([0, 0]);
      });
    },
    HALF_AN_HOUR_MS,
  );
});
