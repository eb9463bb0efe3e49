import type { Arguments } from '../stack/arguments';
import { isWritten } from '../stack/said';

/** Settings that change neither where requests go nor what they do there. */
const UNDERSTOOD: readonly string[] = [
  // A comment, as Terraform's JSON has it.
  '//',
  'access_key',
  'allowed_account_ids',
  'assume_role',
  'assume_role_with_web_identity',
  'default_tags',
  'forbidden_account_ids',
  'http_proxy',
  'https_proxy',
  'max_retries',
  'no_proxy',
  'region',
  'retry_mode',
  's3_us_east_1_regional_endpoint',
  's3_use_path_style',
  'secret_key',
  'skip_credentials_validation',
  'skip_metadata_api_check',
  'skip_region_validation',
  'sts_region',
  'token',
  'token_bucket_rate_limiter_capacity',
  'use_dualstack_endpoint',
  'use_fips_endpoint',
];

/** The settings of a provider that may lead requests elsewhere, or change what they do there. */
export function strangeSettings(provider: Arguments): readonly string[] {
  return Object.keys(provider).filter((name) => isWritten(provider[name]) && !UNDERSTOOD.includes(name));
}
