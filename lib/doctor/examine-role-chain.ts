import type { AssumedRole, RoleSource, SharedProfile } from '../aws/shared-profile';
import type { BackupEnvironment } from '../backup-environment/schema';
import type { Finding } from './examination';

const ABOUT = { id: 'role-chain', title: 'The AWS configuration leads to the role' };

const WORDS: Readonly<Record<RoleSource['kind'], (name: string) => string>> = {
  profile: (name) => `the profile ${name}`,
  credential_source: (name) => name,
  'web identity': (name) => `the web identity token ${name}`,
  nothing: () => 'nothing that the profile names',
  circle: (name) => `the profile ${name}, which leads back to itself`,
  missing: (name) => `the profile ${name}, which is not there`,
};

/**
 * The roles that the profile in use assumes one from the other. A host that has its role from where it runs needs none.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
 */
export function examineRoleChain({ aws }: Pick<BackupEnvironment, 'aws'>, profile: SharedProfile): Finding {
  const { chain, name, withKeys } = profile;
  const [first] = chain;
  if (first === undefined) return { ...ABOUT, result: 'pass', found: [`The profile ${name} assumes no other role.`] };
  const found = chain.map(
    (one) => `The profile ${one.profile} assumes ${one.roleArn} from ${WORDS[one.from.kind](one.from.name)}.`,
  );
  const fixes = [
    ...(first.roleArn === aws.roleArn ? [] : [`Let role_arn of the profile ${name} be ${aws.roleArn}.`]),
    ...chain.flatMap(wrongSource),
    ...keysOfChain(chain, withKeys).map((one) => `Take the access key out of the profile ${one}: ${ROLES_ONLY}`),
  ];
  if (fixes.length > 0) return { ...ABOUT, result: 'fail', found, fix: fixes.join(' ') };
  return { ...ABOUT, result: 'note', found: [...found, FOR_VAULT] };
}

const ROLES_ONLY = 'the chain has to start from the role of the host (credential_source), or from a process.';
/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining */
const FOR_VAULT =
  "Vault's Java needs the STS module of its SDK to do the same, and a session of a chain lasts an hour at most.";

function wrongSource({ profile, from, needsMfa }: AssumedRole): readonly string[] {
  return [
    ...(['nothing', 'circle', 'missing'].includes(from.kind)
      ? [`Correct source_profile or credential_source of the profile ${profile}.`]
      : []),
    ...(from.kind === 'credential_source' && from.name === 'Environment'
      ? [
          `Let credential_source of the profile ${profile} be Ec2InstanceMetadata or EcsContainer: Environment means keys.`,
        ]
      : []),
    ...(needsMfa ? [`Take mfa_serial out of the profile ${profile}: nobody is there to type a code.`] : []),
  ];
}

function keysOfChain(chain: readonly AssumedRole[], withKeys: readonly string[]): readonly string[] {
  const names = chain.flatMap(({ profile, from }) => (from.kind === 'profile' ? [profile, from.name] : [profile]));
  return [...new Set(names)].filter((one) => withKeys.includes(one));
}
