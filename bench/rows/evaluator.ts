import { evaluate, explain } from '../../lib/iam';
import { resultOf, toSimulation, tryLoadIamSimulate } from '../peers/iam-simulate';
import { type BenchRow, type Goal, median } from '../row';
import { parseDocuments, QUESTIONS } from './evaluator-questions';

const ROUNDS = 7;
const ROUND_MS = 250;
const TWENTYFOLD = { atLeast: 20 };

/** Something to be timed: one call answers every question once. */
interface Contestant {
  readonly title: string;
  readonly goal?: Goal;
  readonly answerAll: () => void | Promise<void>;
}

const OURS: readonly Contestant[] = [
  {
    title: 'evaluate, policies parsed once',
    goal: TWENTYFOLD,
    answerAll: () => {
      for (const { request, policies } of QUESTIONS) evaluate(request, policies);
    },
  },
  {
    title: 'explain, policies parsed once',
    answerAll: () => {
      for (const { request, policies } of QUESTIONS) explain(request, policies);
    },
  },
  {
    title: 'parse and evaluate',
    goal: TWENTYFOLD,
    answerAll: () => {
      for (const { request, documents } of QUESTIONS) evaluate(request, parseDocuments(request.action, documents));
    },
  },
];

/** Decisions per second beside iam-simulate, which has to come to the same results. */
export async function evaluatorRows(): Promise<readonly BenchRow[]> {
  const peer = tryLoadIamSimulate();
  if (peer === undefined) return toRows(await measureRates(OURS));
  const simulations = QUESTIONS.map(toSimulation);
  for (const [at, { request, policies }] of QUESTIONS.entries()) {
    const theirs = await resultOf(peer, simulations[at] as (typeof simulations)[number]);
    if (evaluate(request, policies).result !== theirs) throw new Error(`iam-simulate differs: ${request.action}`);
  }
  const answerAll = async () => {
    for (const simulation of simulations) await peer.runSimulation(simulation, {});
  };
  return toRows(await measureRates([...OURS, { title: 'iam-simulate', answerAll }]));
}

function toRows(rates: readonly (readonly number[])[]): readonly BenchRow[] {
  const theirs = rates[OURS.length] ?? [];
  return OURS.map(({ title, goal }, at) => {
    const ours = rates[at] ?? [];
    const ratios = theirs.map((rate, round) => (ours[round] ?? Number.NaN) / rate);
    const beside = theirs.length === 0 ? {} : { beside: 'iam-simulate' };
    return { title, value: median(ours), unit: '/s', ratios, ...beside, ...(goal && { goal }) };
  });
}

/** Decisions per second of each contestant in each round; they take turns, so that a busy machine hits all alike. */
async function measureRates(contestants: readonly Contestant[]): Promise<readonly number[][]> {
  for (const { answerAll } of contestants) await answerAll();
  const rates = contestants.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, { answerAll }] of contestants.entries()) {
      rates[index]?.push((await callsPerSecond(answerAll)) * QUESTIONS.length);
    }
  }
  return rates;
}

/** In CPU time, which other work on the machine does not take. */
async function callsPerSecond(answerAll: Contestant['answerAll']): Promise<number> {
  const before = process.cpuUsage();
  let calls = 0;
  let elapsedMs = 0;
  while (elapsedMs < ROUND_MS) {
    await answerAll();
    calls++;
    elapsedMs = cpuMsSince(before);
  }
  return (calls * 1000) / elapsedMs;
}

function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
