import type { Issue } from '../errors';
import type { Environment } from './environment';

/** Two environments cannot create the same bucket; bucket names are unique in a partition. */
export function sharedNameIssues(environments: readonly Environment[]): readonly Issue[] {
  return environments.flatMap((environment, index) => {
    const first = environments.slice(0, index).find((earlier) => earlier.bucket === environment.bucket);
    if (first === undefined) return [];
    const message = `must be a bucket of its own, got: '${environment.bucket}', which environment '${first.name}' creates`;
    return [{ file: `${environment.name}.yaml`, path: 'bucket', message }];
  });
}
