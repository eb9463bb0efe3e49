import { OWN_TAG } from '../../config/own-tag';
import type { Place } from '../stack/place';
import type { PlannedChange } from '../stack/stack-document';
import type { Refusal } from './refused-plan';

/** A thing that a plan makes under a name that no other may have. */
export interface MadeThing {
  readonly address: string;
  readonly type: string;
  /** The name; of an IAM policy, its ARN. */
  readonly name: string;
}

/** A type of which two of one name cannot be. */
interface OwnName {
  readonly noun: string;
  readonly nameOf: (after: Readonly<Record<string, unknown>>, place: Place) => unknown;
  /** The word under `adopt` that takes it over, and the key of the environment file that leads to another name. */
  readonly adopt: string;
  readonly key: string;
}

const byName = ({ name }: Readonly<Record<string, unknown>>) => name;

const OWN_NAMES: Readonly<Record<string, OwnName>> = {
  aws_s3_bucket: { noun: 'bucket', nameOf: ({ bucket }) => bucket, adopt: 'bucket', key: 'bucket' },
  aws_iam_role: { noun: 'role', nameOf: byName, adopt: 'role', key: 'roleName' },
  aws_iam_instance_profile: { noun: 'instance profile', nameOf: byName, adopt: 'instance-profile', key: 'roleName' },
  aws_iam_policy: { noun: 'policy', nameOf: policyArnOf, adopt: 'policies', key: 'roleName' },
  aws_kms_alias: { noun: 'alias', nameOf: byName, adopt: 'alias', key: 'name' },
};

/** The things that a plan makes, and that AWS can be asked for by their names first. */
export function madeThings(changes: readonly PlannedChange[], place: Place): readonly MadeThing[] {
  return changes.flatMap(({ address, type, actions, before, after, importing }) => {
    if (!actions.includes('create') || importing !== undefined || after === undefined) return [];
    const nameIn = (one: PlannedChange['after']) => one && OWN_NAMES[type]?.nameOf(one, place);
    const name = nameIn(after);
    // What is made again under its own name gives it up first.
    return typeof name === 'string' && name !== nameIn(before) ? [{ address, type, name }] : [];
  });
}

/**
 * Why a thing is not made that exists already, though the state has none: an apply would fail over it halfway, or make it
 * belong to two.
 *
 * @param environment - the environment that is planned
 * @param tags - of the thing that exists
 */
export function refusedSecond(
  { address, type, name }: MadeThing,
  environment: string,
  tags: Readonly<Record<string, string>>,
): Refusal {
  const { noun = type, ...of } = OWN_NAMES[type] ?? {};
  const owner = tags[OWN_TAG];
  const whose = owner === undefined ? '' : ` and is tagged as that of the environment ${owner}`;
  return {
    refused: `to make ${address}, when the ${noun} ${name} exists already${whose}, and the state has none`,
    address,
    instead: insteadOfSecond(environment, owner, of),
  };
}

function insteadOfSecond(
  environment: string,
  owner: string | undefined,
  { adopt = '', key = 'name' }: Partial<OwnName>,
): readonly string[] {
  const another = `${key === 'name' ? 'another name' : `another ${key}`} makes a second one beside it`;
  if (owner === environment)
    return [
      'state as it was in the environment file, and the folder that Terraform last worked in, find it again',
      'where the state is lost, terraform import reads what exists into it again (docs/changes.md, Restore a lost state)',
    ];
  if (owner !== undefined) return [`name: ${owner} keeps what is deployed, whatever the file is called`, another];
  return [`adopt: [${adopt}] takes it over, and vault-env adopt says what that changes`, another];
}

function policyArnOf({ name, path = '/' }: Readonly<Record<string, unknown>>, { partition, account }: Place): unknown {
  return typeof name === 'string' ? `arn:${partition}:iam::${account}:policy${path}${name}` : undefined;
}
