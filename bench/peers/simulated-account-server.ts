import { startSimulatedAccount } from '../../lib/simulated-aws';

/** Starts a simulated account, and tells the bench where it is and how long it took. */
async function main(): Promise<void> {
  const startMs = performance.now();
  const { plainEndpoint, administrator } = await startSimulatedAccount({
    accountId: '111122223333',
    region: 'us-east-1',
  });
  const readyMs = performance.now() - startMs;
  process.send?.({ endpoint: plainEndpoint, credentials: administrator, readyMs });
  process.on('message', () => process.send?.(process.memoryUsage()));
  process.once('disconnect', () => process.exit());
}

void main();
