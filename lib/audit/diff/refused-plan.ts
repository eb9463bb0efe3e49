/** A resource that Terraform refuses to destroy. */
export interface Refusal {
  readonly address: string;
  /** What to write into the environment file, one way each. */
  readonly instead: readonly string[];
}

const FALLBACK =
  'leave it in the environment file; deletionProtection: false, applied first, lets Terraform destroy it';

/** What an operator may want instead, by the resource that an edit would have destroyed. */
const INSTEAD: Readonly<Record<string, readonly string[]>> = {
  'aws_kms_key.backup': [
    'encryption.former: [created] keeps the key, so that earlier backups stay readable',
    'encryption.givenUp: [created] lets the key go: it stays in AWS, and the role cannot read with it any more',
  ],
  'aws_s3_bucket_object_lock_configuration.backup': [
    'objectLock.ended: true, with mode and days as they are, locks no new versions; those that are locked stay so',
  ],
  'aws_s3_bucket.backup': ['the name, the account and the region that the bucket has: another one is another bucket'],
};

/**
 * The guards that made `terraform plan` fail.
 *
 * @param message - Terraform's own words, wrapped as it prints them
 * @returns none when it failed for another reason
 */
export function refusalsIn(message: string): readonly Refusal[] {
  const text = message.replaceAll(/\s+/g, ' ');
  const addresses = [...text.matchAll(/Resource (\S+) has lifecycle\.prevent_destroy set/g)].map(([, address = '']) =>
    address.replace(/\[\d+\]$/, ''),
  );
  return [...new Set(addresses)].map((address) => ({ address, instead: INSTEAD[address] ?? [FALLBACK] }));
}
