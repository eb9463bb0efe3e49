import type { HostKindName } from '../hosts';
import { NEW_HOSTS } from '../hosts/new-hosts';
import { yamlLine } from '../yaml-line';
import { logBucketName } from './account-base';

/** A person's answers about a new environment; the rest has defaults, or stands in comments. */
export interface NewEnvironment {
  readonly label: string;
  readonly account: string;
  readonly region: string;
  readonly bucket: string;
  readonly method: 'AES-256' | 'AWS-KMS';
  readonly host: ChosenHost;
  readonly otherBucket?: string | undefined;
  /** An existing bucket that takes the access logs; left out, that of the account base. */
  readonly accessLog?: string | undefined;
}

export interface ChosenHost {
  readonly kind: HostKindName;
  /** By the flags of the kind. @default none */
  readonly answers?: Readonly<Record<string, string>>;
}

/**
 * The commented text of an environment file. Pure.
 *
 * @param schema - path of the JSON Schema, from the folder of the file
 */
export function newEnvironmentText(environment: NewEnvironment, schema: string): string {
  const { label, account, region, bucket, method, host, otherBucket } = environment;
  const lines = [
    `# yaml-language-server: $schema=${schema}`,
    "# The label is free text: Vault's administrator types it.",
    yamlLine('label', label),
    yamlLine('account', account),
    yamlLine('region', region),
    '# Created by the stack; no other account may have a bucket of this name.',
    yamlLine('bucket', bucket),
    '# AES-256 for keys of S3, or AWS-KMS, with a key that the stack creates unless `key` names one.',
    'encryption:',
    yamlLine('  method', method),
    ...hostLines(host),
    '# What Vault does; manage-versioning, read-versions, purge-versions and list-buckets add what their names say.',
    'capabilities: [backup, versioning]',
    '# An existing bucket of the account: verification proves that the role cannot reach it.',
    otherBucket === undefined ? '# otherBucket: some-other-bucket' : yamlLine('otherBucket', otherBucket),
    ...accessLogLines(environment),
    '# Where Terraform keeps its state; left out, a file at the top of this folder.',
    '# state:',
    '#   s3:',
    '#     bucket: terraform-state',
    '#     prefix: vault/',
  ];
  return `${lines.join('\n')}\n`;
}

function accessLogLines(environment: NewEnvironment): readonly string[] {
  const { account, region, bucket, accessLog = logBucketName(environment) } = environment;
  return [
    environment.accessLog === undefined
      ? `# Where S3 writes access logs; vault-env synth --account-base ${account} ${region} makes it.`
      : '# Where S3 writes access logs: an existing bucket in the same account and region.',
    'accessLog:',
    yamlLine('  bucket', accessLog),
    yamlLine('  prefix', `${bucket}/`),
  ];
}

function hostLines({ kind, answers = {} }: ChosenHost): readonly string[] {
  const { comment, lines } = NEW_HOSTS[kind];
  return [comment, 'host:', `  kind: ${kind}`, ...lines((flag) => answers[flag] ?? '')];
}
