import type { Answer } from '../../lib/aws/answer';
import type { Aws } from '../../lib/aws/connect';
import { addVersion } from '../../lib/simulated-aws/state/services/object-table';
import type { ObjectVersion } from '../../lib/simulated-aws/state/services/stored-object';
import type { DeployedEnvironment } from './deployed-environment';

const OBJECTS = 5_000;

/** Fills the bucket with the backups of years: objects, older versions, delete markers and an upload under way. */
export function fillBucket({ account, config }: DeployedEnvironment): void {
  const bucket = account.state.s3.buckets.get(config.form.bucketName);
  const [model] = bucket?.objects.versions.get('backups/2024.gz') ?? [];
  if (bucket === undefined || model?.kind !== 'object') throw new Error('there is no backup to make more of');
  for (let index = 0; index < OBJECTS; index += 1) {
    const key = keyOf(index);
    for (let age = index % 3; age >= 0; age -= 1) addVersion(bucket.objects, key, versionOf(model, index, age));
    if (index % 10 === 0) {
      const versionId = `marker-${index}`.padEnd(32, '0');
      addVersion(bucket.objects, key, { kind: 'delete-marker', versionId, lastModified: model.lastModified });
    }
  }
}

/** Some beside the probes, and some below their prefix, where nobody should have put them. */
function keyOf(index: number): string {
  if (index % 500 === 0) return `vault-env-verification/somebody/${index}`;
  return index % 499 === 0 ? `vault-env-verification-${index}` : `backups/${index}/object-put`;
}

function versionOf(model: ObjectVersion, index: number, age: number): ObjectVersion {
  return { ...model, versionId: `v${age}-${index}`.padEnd(32, '0'), body: Buffer.from(`backup ${index} ${age}`) };
}

/** The same calls, and how many keys of objects, versions and uploads they were told of. */
export function countListed(aws: Aws): { readonly aws: Aws; readonly listed: () => number } {
  let listed = 0;
  const count = ({ Contents = [], Versions = [], DeleteMarkers = [], Uploads = [] }: Page) => {
    listed += Contents.length + Versions.length + DeleteMarkers.length + Uploads.length;
  };
  const s3 = Object.entries(aws.s3).map(([name, call]) => [
    name,
    async (...args: readonly unknown[]) => {
      const answer = await (call as (...given: readonly unknown[]) => Promise<Answer<object>>)(...args);
      if (name.startsWith('list') && answer.ok) count(answer.value);
      return answer;
    },
  ]);
  return { aws: { ...aws, s3: Object.fromEntries(s3) }, listed: () => listed };
}

interface Page {
  readonly Contents?: readonly unknown[];
  readonly Versions?: readonly unknown[];
  readonly DeleteMarkers?: readonly unknown[];
  readonly Uploads?: readonly unknown[];
}
