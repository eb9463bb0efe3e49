import type { Arguments } from '../stack/arguments';
import { isWritten } from '../stack/said';

/** Settings that hold a credential or a key, whatever the backend. */
const SECRET: ReadonlySet<string> = new Set([
  'access_key',
  'client_certificate',
  'client_certificate_password',
  'client_secret',
  'credentials',
  'encryption_key',
  'oidc_request_token',
  'oidc_token',
  'password',
  'sas_token',
  'secret_key',
  'sse_customer_key',
  'token',
]);

/** Settings that change neither where the state goes nor who can read it there, by kind of backend. */
const UNDERSTOOD: Readonly<Record<string, readonly string[]>> = {
  azurerm: ['container_name', 'environment', 'key', 'resource_group_name', 'storage_account_name', 'use_azuread_auth'],
  cloud: ['organization', 'workspaces'],
  gcs: ['bucket', 'kms_encryption_key', 'prefix'],
  local: ['path', 'workspace_dir'],
  remote: ['organization', 'workspaces'],
  s3: [
    'allowed_account_ids',
    'assume_role',
    'bucket',
    'dynamodb_table',
    'encrypt',
    'forbidden_account_ids',
    'key',
    'kms_key_id',
    'max_retries',
    'region',
    'retry_mode',
    'skip_credentials_validation',
    'skip_metadata_api_check',
    'skip_region_validation',
    'use_dualstack_endpoint',
    'use_fips_endpoint',
    'use_lockfile',
    'use_path_style',
    'workspace_key_prefix',
  ],
};

/** `cloud` and `remote` are of HashiCorp where no host is named; any other host sees the state. */
const HOSTS: readonly string[] = ['app.terraform.io', 'app.eu.terraform.io'];

/** Backend settings that must not be written in plain text, and those that are not known here. */
export function judgeSettings(
  type: string,
  settings: Arguments,
): Readonly<Record<'secret' | 'strange', readonly string[]>> {
  const said = Object.keys(settings).filter((name) => isWritten(settings[name]));
  const secret = said.filter((name) => SECRET.has(name));
  const isStrange = (name: string) =>
    name === 'hostname' && ['cloud', 'remote'].includes(type)
      ? !HOSTS.includes(String(settings[name]))
      : !UNDERSTOOD[type]?.includes(name);
  return { secret, strange: said.filter((name) => !secret.includes(name) && isStrange(name)) };
}
