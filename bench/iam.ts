import { evaluate, explain } from '../lib/iam';
import { INSTALL_COMMAND, resultOf, toSimulation, tryLoadIamSimulate } from './iam-simulate';
import { parseDocuments, QUESTIONS } from './questions';
import { type Contestant, measureRates } from './rate';

const OURS: readonly Contestant[] = [
  {
    name: 'lib/iam evaluate, policies parsed once',
    answerAll: () => {
      for (const { request, policies } of QUESTIONS) evaluate(request, policies);
    },
  },
  {
    name: 'lib/iam explain, policies parsed once',
    answerAll: () => {
      for (const { request, policies } of QUESTIONS) explain(request, policies);
    },
  },
  {
    name: 'lib/iam parse and evaluate',
    answerAll: () => {
      for (const { request, documents } of QUESTIONS) evaluate(request, parseDocuments(request.action, documents));
    },
  },
];

async function main(): Promise<void> {
  const peer = tryLoadIamSimulate();
  write(`${QUESTIONS.length} requests, median of interleaved rounds, Node ${process.version}`);
  if (peer === undefined) {
    printRates(OURS, await measureRates(OURS, QUESTIONS.length));
    write(`@cloud-copilot/iam-simulate is not installed; to measure it too, run: ${INSTALL_COMMAND}`);
    return;
  }
  const simulations = QUESTIONS.map(toSimulation);
  const theirs: Contestant = {
    name: 'iam-simulate runSimulation',
    answerAll: async () => {
      for (const simulation of simulations) await peer.runSimulation(simulation, {});
    },
  };
  const contestants = [...OURS, theirs];
  const rates = await measureRates(contestants, QUESTIONS.length);
  printRates(contestants, rates, rates.at(-1));
  const results = await Promise.all(simulations.map((simulation) => resultOf(peer, simulation)));
  const agreed = QUESTIONS.filter(({ request, policies }, at) => evaluate(request, policies).result === results[at]);
  write(`the same result for ${agreed.length} of ${QUESTIONS.length} requests`);
}

/** One line each, with its ratio to the rate of the peer. */
function printRates(contestants: readonly Contestant[], rates: readonly number[], peerRate?: number): void {
  for (const [index, { name }] of contestants.entries()) {
    const rate = rates[index] ?? 0;
    const ratio = peerRate === undefined ? '' : `${(rate / peerRate).toFixed(1)}x`.padStart(9);
    write(`${name.padEnd(42)}${Math.round(rate).toLocaleString('en').padStart(10)}/s${ratio}`);
  }
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}

void main();
