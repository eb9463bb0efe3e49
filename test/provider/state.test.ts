import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importBucket } from '../../lib/simulated-aws/s3';
import { describeWithProvider } from '../e2e/describe-with-provider';
import { EXAMPLES, loadExample, synthesizeStack } from '../support/synthesize';
import { HALF_AN_HOUR_MS, inAccount, terraformIn } from './provider-run';

const KEY = 'arn:aws:s3:::acme-state/vault/aes-256.tfstate';

/** A stack that keeps its state where that of the environment does, and makes nothing. */
function stackWithState(): object {
  const state = { s3: { bucket: 'acme-state', prefix: 'vault/' } };
  const { terraform } = synthesizeStack({ ...loadExample(EXAMPLES, 'aes-256'), state });
  return { terraform: { backend: terraform.backend }, output: { here: { value: 1 } } };
}

describeWithProvider('a state in S3', () => {
  test(
    'is written under its key while a lock file keeps others out',
    async () => {
      const writes: string[] = [];
      const onRequest = ({
        eventName,
        decisions,
      }: {
        eventName: string;
        decisions: readonly { resource: string }[];
      }) => {
        if (/^(Put|Delete)/.test(eventName)) writes.push(`${eventName} ${decisions[0]?.resource}`);
      };
      await inAccount({ accountId: '111122223333', region: 'us-east-2', onRequest }, async (place) => {
        importBucket(place.account.state, 'acme-state');
        const folder = join(place.folder, 'stack');
        mkdirSync(folder);
        writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(stackWithState()));
        const terraform = await terraformIn(place, folder);
        await terraform.init();
        await terraform.apply();
      });
      expect(writes).toEqual([`PutObject ${KEY}.tflock`, `PutObject ${KEY}`, `DeleteObject ${KEY}.tflock`]);
    },
    HALF_AN_HOUR_MS,
  );
});
