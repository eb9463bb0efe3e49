import { stringify } from 'yaml';
import { logBucketName } from './account-base';

/** A person's answers about a new environment; the rest has defaults, or stands in comments. */
export interface NewEnvironment {
  readonly label: string;
  readonly account: string;
  readonly region: string;
  readonly bucket: string;
  readonly method: 'AES-256' | 'AWS-KMS';
  readonly host: NewHost;
  readonly otherBucket?: string | undefined;
  /** An existing bucket that takes the access logs; left out, that of the account base. */
  readonly accessLog?: string | undefined;
}

export type NewHost =
  | { readonly kind: 'ec2' }
  | { readonly kind: 'existing-role'; readonly role: string }
  | { readonly kind: 'on-premises'; readonly trustAnchor: string; readonly commonName: string };

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
    line('label', label),
    line('account', account),
    line('region', region),
    '# Created by the stack; no other account may have a bucket of this name.',
    line('bucket', bucket),
    '# AES-256 for keys of S3, or AWS-KMS, with a key that the stack creates unless `key` names one.',
    'encryption:',
    line('  method', method),
    ...hostLines(host),
    '# What Vault does; manage-versioning, read-versions, purge-versions and list-buckets add what their names say.',
    'capabilities: [backup, versioning]',
    '# An existing bucket of the account: verification proves that the role cannot reach it.',
    otherBucket === undefined ? '# otherBucket: some-other-bucket' : line('otherBucket', otherBucket),
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
    line('  bucket', accessLog),
    line('  prefix', `${bucket}/`),
  ];
}

function hostLines(host: NewHost): readonly string[] {
  switch (host.kind) {
    case 'ec2':
      return ['# An instance gets the role from an instance profile.', 'host:', '  kind: ec2'];
    case 'existing-role':
      return [
        '# The host has this role already; `attach: true` lets the stack attach its policies.',
        'host:',
        '  kind: existing-role',
        line('  role', host.role),
      ];
    case 'on-premises':
      return [
        '# The host shows a certificate of this authority, whose list of revoked ones you import.',
        'host:',
        '  kind: on-premises',
        '  trustAnchor:',
        line('    arn', host.trustAnchor),
        '  certificate:',
        `    subject: { CN: [${JSON.stringify(host.commonName)}] }`,
        '  revocation: crl',
      ];
  }
}

/** The value in quotes where YAML would take it for something else, as a number of 12 digits. */
function line(key: string, value: string): string {
  return `${key}: ${stringify(value, { lineWidth: 0 }).trim()}`;
}
