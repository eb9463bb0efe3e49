import { basename } from 'node:path';
import type { Issue } from '../errors';
import type { Environment } from './environment';
import { stateAddress, stateOf } from './state';

/** An environment beside others. */
export interface SharingEnvironment {
  readonly environment: Environment;
  readonly file: string;
  /** The file's name without its ending. */
  readonly fileName: string;
  /** Sharing between environments that are not chosen is no problem of this run. */
  readonly isChosen: boolean;
}

/** Something that an environment must have for itself. */
interface OwnThing {
  readonly path: string;
  readonly nameOf: (one: SharingEnvironment) => string | undefined;
  /** The thing that another environment has under that name; the same kind of thing when left out. */
  readonly heldBy?: (one: SharingEnvironment) => string | undefined;
  readonly says: (name: string, holder: string, fileOfHolder: string) => string;
}

const OWN: readonly OwnThing[] = [
  {
    path: 'name',
    nameOf: ({ environment }) => environment.name,
    says: (name, _, file) =>
      `must be a name of its own, got: '${name}', which the environment of '${file}' has as well`,
  },
  {
    path: 'name',
    nameOf: ({ environment }) => environment.name,
    heldBy: ({ fileName, environment }) => (fileName === environment.name ? undefined : fileName),
    says: (name, holder) =>
      `must not be the name of another file, got: '${name}', whose environment is '${holder}', so that nobody takes one for the other`,
  },
  {
    // A bucket's name is unique in a partition.
    path: 'bucket',
    nameOf: ({ environment }) => environment.bucket,
    says: (name, holder) => `must be a bucket of its own, got: '${name}', which environment '${holder}' creates`,
  },
  {
    // Terraform would take what one of them made for its own, and destroy it.
    path: 'state',
    nameOf: ({ environment }) => stateAddress(stateOf(environment)),
    says: (name, holder) => `must be a state of its own, got: ${name}, which is the state of environment '${holder}'`,
  },
  {
    // Vault's role may overwrite and delete what is in its bucket.
    path: 'state.s3.bucket',
    nameOf: ({ environment }) => environment.state?.s3?.bucket,
    heldBy: ({ environment }) => environment.bucket,
    says: (name, holder) => `must be no bucket of backups, got: '${name}', which environment '${holder}' creates`,
  },
  {
    path: 'bucket',
    nameOf: ({ environment }) => environment.bucket,
    heldBy: ({ environment }) => environment.state?.s3?.bucket,
    says: (name, holder) =>
      `must be no bucket of states, got: '${name}', in which environment '${holder}' keeps its state`,
  },
  {
    // Two stacks would manage one role.
    path: 'roleName',
    nameOf: ({ environment }) => chosenRole(environment),
    says: (name, holder) => `must be a role of its own, got: ${name}, which environment '${holder}' names`,
  },
  {
    path: 'roleName',
    nameOf: ({ environment }) => chosenRole(environment),
    heldBy: ({ environment }) => roleByName(environment),
    says: (name, holder) => `must be a role of its own, got: ${name}, which is the role of environment '${holder}'`,
  },
  {
    path: 'name',
    nameOf: ({ environment }) => roleByName(environment),
    heldBy: ({ environment }) => chosenRole(environment),
    says: (name, holder) => `must lead to a role of its own, got: ${name}, which environment '${holder}' names`,
  },
  {
    // A role that the vendor gives to its hosts: with it, the host of one would reach the backups of the next.
    path: 'host.role',
    nameOf: ({ environment: { host } }) =>
      host.kind === 'existing-role' && host.runBy === 'vendor' ? host.role : undefined,
    says: (name, holder) =>
      `must be a role of its own where the vendor runs the host, got: ${name}, which environment '${holder}' names`,
  },
];

/** A thing that a chosen environment shares, and with whom. */
interface SharedName {
  readonly issue: Issue;
  readonly one: SharingEnvironment;
  readonly holder: SharingEnvironment;
}

/** Names that chosen environments share with any other, and must not. When both are chosen, the later one is told. */
export function sharedNames(environments: readonly SharingEnvironment[]): readonly SharedName[] {
  const inOrder = [...environments].sort((left, right) => Number(left.isChosen) - Number(right.isChosen));
  const told = OWN.map((thing) => ({ ...thing, holders: holdersOf(inOrder, thing) }));
  return inOrder
    .filter(({ isChosen }) => isChosen)
    .flatMap((one) =>
      told.flatMap(({ path, nameOf, heldBy, holders, says }) => {
        const name = nameOf(one);
        const holder = name === undefined ? undefined : holders.get(name);
        if (name === undefined || holder === undefined || holder.file === one.file) return [];
        // Told already where the other one is looked at.
        if (path === 'bucket' && heldBy !== undefined && holder.isChosen) return [];
        const message = says(name, holder.environment.name, basename(holder.file));
        return [{ issue: { file: one.file, path, message }, one, holder }];
      }),
    );
}

/** Who is the first to hold each name. */
function holdersOf(environments: readonly SharingEnvironment[], { nameOf, heldBy = nameOf }: OwnThing) {
  const holders = new Map<string, SharingEnvironment>();
  for (const one of environments) {
    const name = heldBy(one);
    if (name !== undefined && !holders.has(name)) holders.set(name, one);
  }
  return holders;
}

/** A role's name is unique in its account. */
function chosenRole({ roleName, account }: Environment): string | undefined {
  return roleName && `${roleName} of ${account}`;
}

function roleByName({ name, roleName, account }: Environment): string | undefined {
  return roleName === undefined ? `vault-backup-${name} of ${account}` : undefined;
}
