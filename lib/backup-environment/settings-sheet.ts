import { hostKind } from '../hosts';
import type { BackupEnvironment } from './schema';

/**
 * Names as they stand on the screen; the case is the screen's too. Of two, the first is what the vendor writes today and
 * the second what it wrote before: no text tells which one a release shows.
 */
const SCREEN = {
  page: 'Settings > Backup Environment',
  storageType: 'Storage Type',
  label: 'Label Name (or label)',
  roleBasedControl: 'Role-based control for dedicated/On-Prem Instance',
  bucketName: 'S3 Bucket Name (or Bucket Name)',
  encryption: 'default encryption method',
  masterKey: 'Master Key',
  save: 'Save Settings',
} as const;

/** The one file with which a Vault host verifies; it needs Node alone. */
export const VERIFIER_FILE = 'vault-env-verify.cjs';

const NO_REGION =
  'The form then has no region: on EC2 the AWS SDK takes it from the instance, elsewhere from AWS_REGION.';

/** A thing to do on the screen. */
export interface SettingsStep {
  /** The field, checkbox or button. */
  readonly field: string;
  readonly action: 'open' | 'choose' | 'type' | 'tick' | 'paste' | 'click';
  /** The value to choose, type or paste. */
  readonly value?: string;
  readonly note?: string;
}

/** The fields of Vault's form, in order. */
export interface SettingsSheet {
  readonly title: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly beforeSaving: readonly string[];
  readonly steps: readonly SettingsStep[];
  readonly reminder: string;
}

/**
 * The settings sheet of a config. Pure.
 *
 * @param verifierSha256 - SHA-256 of the file with which the hosts verify
 */
export function settingsSheet(config: BackupEnvironment, verifierSha256?: string): SettingsSheet {
  return {
    title: `Vault settings for ${config.form.label}`,
    facts: [...facts(config), ...verifierFacts(verifierSha256)],
    beforeSaving: beforeSaving(config),
    steps: steps(config),
    reminder:
      'No access key is typed. If the screen asks for an access key and a secret key, ' +
      `the checkbox ${SCREEN.roleBasedControl} is not ticked.`,
  };
}

function facts(config: BackupEnvironment): SettingsSheet['facts'] {
  const { environment, aws, host } = config;
  return [
    { name: 'Environment', value: environment },
    { name: 'AWS account', value: aws.account },
    { name: 'AWS region', value: aws.region },
    { name: 'Role', value: aws.roleArn },
    ...hostKind(host.kind).sheet.facts(host),
    ...(aws.formerKeyArns ?? []).map((arn) => ({
      name: 'Former key',
      value: `${arn} (keep: earlier backups need it)`,
    })),
  ];
}

function verifierFacts(sha256: string | undefined): SettingsSheet['facts'] {
  return sha256 === undefined ? [] : [{ name: 'Verifier', value: `${VERIFIER_FILE}, SHA-256 ${sha256}` }];
}

function beforeSaving({ host, permissions, ...context }: BackupEnvironment): readonly string[] {
  return [
    ...hostKind(host.kind).sheet.beforeVerifying(host, context),
    `Run node ${VERIFIER_FILE} backup-environment.json${otherBucketFlag(permissions)} on each Vault host; go on only when it says pass.`,
  ];
}

/** Without another bucket to try, verification cannot decide whether the role reaches one. */
function otherBucketFlag({ otherBucket }: BackupEnvironment['permissions']): string {
  return otherBucket === undefined ? ' --other-bucket <an existing bucket of the account>' : '';
}

function steps({ form }: BackupEnvironment): readonly SettingsStep[] {
  return [
    { field: SCREEN.page, action: 'open' },
    { field: SCREEN.storageType, action: 'choose', value: form.storageType },
    { field: SCREEN.label, action: 'type', value: form.label, note: 'It need not be the name of the bucket.' },
    { field: SCREEN.roleBasedControl, action: 'tick', note: NO_REGION },
    { field: SCREEN.bucketName, action: 'type', value: form.bucketName },
    { field: SCREEN.encryption, action: 'choose', value: form.encryption },
    ...masterKeyStep(form.masterKey),
    { field: SCREEN.save, action: 'click' },
  ];
}

function masterKeyStep(masterKey: string | undefined): readonly SettingsStep[] {
  if (masterKey === undefined) return [];
  const note = 'Only where the screen shows this field; the role uses the key either way.';
  return [{ field: SCREEN.masterKey, action: 'paste', value: masterKey, note }];
}
