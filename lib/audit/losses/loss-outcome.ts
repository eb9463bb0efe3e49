import { doubt, fail } from '../rule-kit/outcome';
import type { Outcome } from '../rule-kit/rule';
import type { Loss } from './loss';

export function lossOutcome({ address, what, detail, isCertain, evidence }: Loss): Outcome {
  const say = isCertain ? fail : doubt;
  return { ...say(address, detail, evidence), about: what };
}
