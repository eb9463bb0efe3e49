/** Something to be timed: one call answers every question once. */
export interface Contestant {
  readonly name: string;
  readonly answerAll: () => void | Promise<void>;
}

const ROUNDS = 7;
const ROUND_MS = 250;

/**
 * Decisions per second of each contestant: the median of rounds that take turns, so that a busy machine hits all alike.
 *
 * @param questions - how many decisions one call makes
 */
export async function measureRates(contestants: readonly Contestant[], questions: number): Promise<readonly number[]> {
  for (const { answerAll } of contestants) await answerAll();
  const rates = contestants.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, { answerAll }] of contestants.entries()) {
      rates[index]?.push((await callsPerSecond(answerAll)) * questions);
    }
  }
  return rates.map(median);
}

async function callsPerSecond(answerAll: Contestant['answerAll']): Promise<number> {
  const startMs = performance.now();
  let calls = 0;
  let elapsedMs = 0;
  while (elapsedMs < ROUND_MS) {
    await answerAll();
    calls++;
    elapsedMs = performance.now() - startMs;
  }
  return (calls * 1000) / elapsedMs;
}

/** The middle one of the values; of an even number, the upper of the two. */
export function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}
