import { insteadOf, movesBetween } from '../stack/moves';
import type { Place } from '../stack/place';
import type { Whereabouts } from '../stack/plan/whereabouts';
import { type StatePlace, statePlaceOf } from '../stack/state-place';
import type { Backend } from '../stack/terraform-block';

/** Something that is not planned. */
export interface Refusal {
  /** As in `to destroy aws_kms_key.backup`. */
  readonly refused: string;
  /** The resource, or the setting of the provider. */
  readonly address: string;
  /** Lines for the environment file, one way each. */
  readonly instead: readonly string[];
}

const FALLBACK =
  'leave it in the environment file; deletionProtection: false, applied first, lets Terraform destroy it';

/** Ways that an operator may want instead, by the resource that an edit would have destroyed. */
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

/**
 * A state that Terraform would look for elsewhere than where it last worked: over an empty one, it makes everything once
 * more. Terraform's own error names neither place.
 */
export function refusedStateMove(was: Backend, is: Backend): readonly Refusal[] {
  const [before, after] = [was, is].map(describeState);
  if (before === after) return [];
  return [
    {
      refused: `to look for the state in ${after}, when Terraform last had it in ${before}`,
      address: 'terraform.backend',
      instead: [
        ...keptRegion(statePlaceOf(was), statePlaceOf(is)),
        "state as it was in the environment file (where it names no region, the environment's counts) finds it again",
        'terraform init -migrate-state in the folder of the stack moves it on purpose; then ask once more',
      ],
    },
  ];
}

function describeState(backend: Backend): string {
  const settings = Object.entries(statePlaceOf(backend)).map(([name, value]) => `${name} ${value}`);
  return [`the backend ${backend.type}`, ...(settings.length === 0 ? [] : [`(${settings.join(', ')})`])].join(' ');
}

/** The region of a state follows that of the environment, which is then what was really changed. */
function keptRegion({ region: was, ...before }: StatePlace, { region: is, ...after }: StatePlace): readonly string[] {
  const isAlone = was !== undefined && was !== is && JSON.stringify(before) === JSON.stringify(after);
  return isAlone ? [`state.s3.region: ${was} keeps the state where it is, whatever the environment's region`] : [];
}
