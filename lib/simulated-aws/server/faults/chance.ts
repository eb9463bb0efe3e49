import { createHash } from 'node:crypto';

const range = 2 ** 48;

/** A number from 0 up to, not including, 1. It follows from its seeds alone, so that a run can be repeated. */
export function chance(...seeds: readonly (string | number)[]): number {
  return createHash('sha256').update(seeds.join('\n')).digest().readUIntBE(0, 6) / range;
}
