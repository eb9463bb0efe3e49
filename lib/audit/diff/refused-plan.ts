import { insteadOf, movesBetween } from '../stack/moves';
import type { Place } from '../stack/place';
import type { Whereabouts } from '../stack/plan/whereabouts';

/** Something that is not planned. */
export interface Refusal {
  /** As in `to destroy aws_kms_key.backup`. */
  readonly refused: string;
  /** The resource, or the setting of the provider. */
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
  return [...new Set(addresses)].map((address) => ({
    refused: `to destroy ${address}`,
    address,
    instead: INSTEAD[address] ?? [FALLBACK],
  }));
}

/** Changes of account and region, of which Terraform would say in many ways that it finds nothing there. */
export function refusedMoves(standing: readonly Whereabouts[], wanted: Partial<Place>): readonly Refusal[] {
  return movesBetween(standing, wanted).map((move) => ({
    refused: `to move from the ${move.part} ${move.was} to ${move.is}, where neither bucket nor key can go`,
    address: `provider.aws.${move.part}`,
    instead: insteadOf(move),
  }));
}
