import type { Place } from './place';
import type { Whereabouts } from './plan/whereabouts';

/** A part of its place in which an environment would no longer be where it is. */
export interface Move {
  readonly part: 'account' | 'region';
  readonly was: string;
  readonly is: string;
  /** The evidence that it was there. */
  readonly seen: readonly Whereabouts[];
}

/**
 * Changes of account and region. S3 and KMS move neither a bucket nor a key, so each leaves everything behind.
 *
 * @param standing - where things are that exist
 * @param wanted - where the stack says that they are
 */
export function movesBetween(standing: readonly Whereabouts[], wanted: Partial<Place>): readonly Move[] {
  return (['account', 'region'] as const).flatMap((part) => {
    const is = wanted[part];
    const seen = standing.filter((one) => one[part] !== undefined && one[part] !== is);
    const was = seen[0]?.[part];
    return is === undefined || was === undefined ? [] : [{ part, was, is, seen }];
  });
}

export function describeMove({ part, was, is }: Move): string {
  return `the environment is in the ${part} ${was}, and ${is} is another one: bucket, key and backups stay behind`;
}

/** Ways to do it instead. */
export function insteadOf({ part, was }: Move): readonly string[] {
  return [
    `${part}: ${part === 'account' ? `"${was}"` : was} keeps the environment where it is`,
    'a second environment file makes one in the new place; keep this one until Vault needs nothing that lies there',
  ];
}
