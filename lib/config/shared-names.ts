import type { Issue } from '../errors';
import type { Environment } from './environment';
import { stateAddress, stateOf } from './state';

/** Who was the first to say each name. */
type Firsts = ReadonlyMap<string, Environment>;

/** What two environments must not share: a bucket, whose name is unique in a partition, a state, or a vendor's role. */
export function sharedNameIssues(environments: readonly Environment[]): readonly Issue[] {
  const creators = firstsOf(environments, ({ bucket }) => bucket);
  const keepers = firstsOf(environments, (environment) => stateAddress(stateOf(environment)));
  const holders = firstsOf(environments, vendorRole);
  return environments.flatMap((environment) => [
    ...sharedBucketIssues(environment, creators),
    ...sharedStateIssues(environment, keepers),
    ...stateAmongBackupsIssues(environment, creators),
    ...sharedRoleIssues(environment, holders),
  ]);
}

function firstsOf(environments: readonly Environment[], nameOf: (environment: Environment) => string | undefined) {
  const firsts = new Map<string, Environment>();
  for (const environment of environments) {
    const name = nameOf(environment);
    if (name !== undefined && !firsts.has(name)) firsts.set(name, environment);
  }
  return firsts;
}

function sharedBucketIssues({ name, bucket }: Environment, creators: Firsts): readonly Issue[] {
  const first = creators.get(bucket);
  if (first === undefined || first.name === name) return [];
  const message = `must be a bucket of its own, got: '${bucket}', which environment '${first.name}' creates`;
  return [{ file: `${name}.yaml`, path: 'bucket', message }];
}

/** Terraform would take what one of them made for its own, and destroy it. */
function sharedStateIssues(environment: Environment, keepers: Firsts): readonly Issue[] {
  const { name } = environment;
  const address = stateAddress(stateOf(environment));
  const first = address === undefined ? undefined : keepers.get(address);
  if (first === undefined || first.name === name) return [];
  const message = `must be a state of its own, got: ${address}, which is the state of environment '${first.name}'`;
  return [{ file: `${name}.yaml`, path: 'state', message }];
}

/** Vault's role may overwrite and delete what is in its bucket. */
function stateAmongBackupsIssues({ name, state }: Environment, creators: Firsts): readonly Issue[] {
  const creator = creators.get(state?.s3?.bucket ?? '');
  if (creator === undefined || creator.name === name) return [];
  const message = `must be no bucket of backups, got: '${creator.bucket}', which environment '${creator.name}' creates`;
  return [{ file: `${name}.yaml`, path: 'state.s3.bucket', message }];
}

/** A role that the vendor gives to its hosts: with it, the host of one environment would reach the backups of the next. */
function sharedRoleIssues(environment: Environment, holders: Firsts): readonly Issue[] {
  const { name } = environment;
  const role = vendorRole(environment);
  const first = role === undefined ? undefined : holders.get(role);
  if (first === undefined || first.name === name) return [];
  const message = `must be a role of its own where the vendor runs the host, got: ${role}, which environment '${first.name}' names`;
  return [{ file: `${name}.yaml`, path: 'host.role', message }];
}

function vendorRole({ host }: Environment): string | undefined {
  return host.kind === 'existing-role' && host.runBy === 'vendor' ? host.role : undefined;
}
