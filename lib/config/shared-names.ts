import type { Issue } from '../errors';
import type { Environment } from './environment';
import { stateAddress, stateOf } from './state';

/** What two environments must not share: a bucket, whose name is unique in a partition, or a state. */
export function sharedNameIssues(environments: readonly Environment[]): readonly Issue[] {
  return environments.flatMap((environment, index) => {
    const earlier = environments.slice(0, index);
    return [
      ...sharedBucketIssues(environment, earlier),
      ...sharedStateIssues(environment, earlier),
      ...stateAmongBackupsIssues(environment, environments),
    ];
  });
}

function sharedBucketIssues({ name, bucket }: Environment, earlier: readonly Environment[]): readonly Issue[] {
  const first = earlier.find((other) => other.bucket === bucket);
  if (first === undefined) return [];
  const message = `must be a bucket of its own, got: '${bucket}', which environment '${first.name}' creates`;
  return [{ file: `${name}.yaml`, path: 'bucket', message }];
}

/** Terraform would take what one of them made for its own, and destroy it. */
function sharedStateIssues(environment: Environment, earlier: readonly Environment[]): readonly Issue[] {
  const address = stateAddress(stateOf(environment));
  const first = earlier.find((other) => address !== undefined && stateAddress(stateOf(other)) === address);
  if (first === undefined) return [];
  const message = `must be a state of its own, got: ${address}, which is the state of environment '${first.name}'`;
  return [{ file: `${environment.name}.yaml`, path: 'state', message }];
}

/** Vault's role may overwrite and delete what is in its bucket. */
function stateAmongBackupsIssues({ name, state }: Environment, environments: readonly Environment[]): readonly Issue[] {
  const creator = environments.find((other) => other.name !== name && other.bucket === state?.s3?.bucket);
  if (creator === undefined) return [];
  const message = `must be no bucket of backups, got: '${creator.bucket}', which environment '${creator.name}' creates`;
  return [{ file: `${name}.yaml`, path: 'state.s3.bucket', message }];
}
