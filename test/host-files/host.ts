import type { HostToSetUp } from '../../lib/host-files/host-file';

export const PROCESS_HOST: HostToSetUp<'on-premises'> = {
  environment: 'acme',
  aws: {
    account: '111122223333',
    partition: 'aws',
    region: 'us-east-2',
    roleArn: 'arn:aws:iam::111122223333:role/vault-backup-acme',
  },
  form: { bucketName: 'acme-backup' },
  permissions: { capabilities: ['backup', 'versioning'] },
  host: {
    kind: 'on-premises',
    trustAnchorArn: 'arn:aws:rolesanywhere:us-east-2:111122223333:trust-anchor/0f5c',
    profileArn: 'arn:aws:rolesanywhere:us-east-2:111122223333:profile/1a2b',
    certificate: {
      subject: { CN: ['vault-1.acme.example', 'vault-2.acme.example'] },
      issuer: { CN: "Acme's Issuing CA (2)" },
      maximumDays: 90,
    },
    sessionSeconds: 3600,
    helper: 'process',
    revocation: 'crl',
  },
};

export const SERVE_HOST: HostToSetUp<'on-premises'> = {
  ...PROCESS_HOST,
  host: {
    ...PROCESS_HOST.host,
    certificate: { ...PROCESS_HOST.host.certificate, maximumDays: 7 },
    helper: 'serve',
    revocation: 'short-lived',
  },
};
