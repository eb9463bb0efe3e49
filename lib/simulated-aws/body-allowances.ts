import { BodyAllowance } from './wire/body-allowance';

const MIB = 2 ** 20;

/** How much is held of the bodies of requests that their heads admit, and of all others. */
export interface BodyAllowances {
  readonly admitted: BodyAllowance;
  readonly others: BodyAllowance;
}

export function createBodyAllowances(): BodyAllowances {
  return { admitted: new BodyAllowance(1024 * MIB, 2048 * MIB), others: new BodyAllowance(16 * MIB, 64 * MIB) };
}
