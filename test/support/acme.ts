/** An environment file with what it has to say and no more. */
export const ACME = {
  label: 'Acme',
  account: '111122223333',
  region: 'us-east-2',
  bucket: 'acme-vault',
  encryption: { method: 'AES-256' },
  host: { kind: 'ec2' },
};
