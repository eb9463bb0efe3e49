import { startSimulatedAccount } from '../../../lib/simulated-aws';
import { accountId, region } from '../account';

/** An account of its own process, which is killed while it writes: it takes the folder */
async function main([, , stateFolder = '']: readonly string[]): Promise<void> {
  const { plainEndpoint, administrator } = await startSimulatedAccount({ accountId, region, stateFolder });
  process.stdout.write(`${JSON.stringify({ endpoint: plainEndpoint, administrator })}\n`);
}

void main(process.argv);
