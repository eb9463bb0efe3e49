/** Where things are on a host of Linux. */
export const PLACES = {
  /** Also in the scripts, which take another one from VAULT_BACKUP_FOLDER. */
  folder: '/etc/vault-backup',
  certificate: '/etc/vault-backup/certificate.pem',
  privateKey: '/etc/vault-backup/private-key.pem',
  intermediates: '/etc/vault-backup/intermediates.pem',
  awsConfig: '/etc/vault-backup/aws-config',
  helper: '/usr/local/bin/aws_signing_helper',
  /** Scripts and the verifier. */
  library: '/usr/local/lib/vault-backup',
  units: '/etc/systemd/system',
} as const;

/** The user of its own that `serve` runs as. */
export const SERVE_USER = 'vault-roles-anywhere';

/** Where `serve` listens, on the loopback address. */
export const SERVE_PORT = 9911;

/** The service that runs Vault, until somebody says otherwise. */
export const VAULT = { service: 'tomcat.service', user: 'tomcat' } as const;
