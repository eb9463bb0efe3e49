import { accountOf, nameOf } from '../../arn';
import { CREATED_KEY } from '../../config/encryption/schema';
import type { Environment } from '../../config/environment';
import { kmsIdentityPolicy, s3IdentityPolicy } from '../../policy/identity-policies';
import { isForeignRole, policyArn, roleArn, roleName } from '../../policy/resource-names';
import { metadataVariables } from '../../rehearsal/hosts/ec2';
import { type AccountState, attachPolicy, importPolicy, requireAccount } from '../../simulated-aws';
import type { EnvironmentPlace, HostOfSimulation, HostPlace, StartHost } from './host-of-simulation';

export const startEc2: StartHost<'ec2'> = (place) => startInstance(place, nameOf(roleArn(place.environment)));

/** Whoever owns the role attaches the policies that the stack made for it, or those that emit writes for another account. */
export const startExistingRole: StartHost<'existing-role'> = async (place) => {
  const { environment, state } = place;
  const arn = roleArn(environment);
  const owner = requireAccount(state.accounts, accountOf(arn), state.region);
  const attach = (account: AccountState, policies: readonly string[]) => {
    for (const policy of policies) if (account.iam.policies.has(policy)) attachPolicy(account, arn, policy);
  };
  const started = await startInstance({ ...place, state: owner }, nameOf(arn));
  return {
    ...started,
    summary: { ...started.summary, accountId: owner.accountId },
    afterDeployment: () => {
      // Of what nobody deployed yet, emit has written nothing.
      if (isForeignRole(environment) && !state.s3.buckets.has(environment.bucket)) return;
      if (isForeignRole(environment)) attach(owner, importPrinted(owner, place));
      else
        attach(
          state,
          SERVICES.map((service) => policyArn(environment, service)),
        );
    },
  };
};

const SERVICES = ['s3', 'kms'] as const;

function importPrinted(owner: AccountState, { environment, state }: EnvironmentPlace): readonly string[] {
  const keys = keysOf(environment, state);
  const documents = {
    s3: s3IdentityPolicy(environment, environment.capabilities),
    kms: kmsIdentityPolicy(environment, keys),
  };
  // Before the key is made, nothing can be said of it.
  return SERVICES.filter((service) => documents[service].Statement.length > 0).map((service) => {
    const arn = policyArn({ ...environment, account: owner.accountId }, service);
    importPolicy(owner, arn, JSON.stringify(documents[service]));
    return arn;
  });
}

/** A key that the stack made goes by its alias. */
function keysOf(environment: Environment, { kms, partition, accountId, region }: AccountState) {
  const { encryption } = environment;
  const made = kms.aliases.get(`alias/${roleName(environment)}`)?.targetKeyId;
  const madeArn = made === undefined ? [] : [`arn:${partition}:kms:${region}:${accountId}:key/${made}`];
  const current = encryption.method === 'AWS-KMS' ? (encryption.key ?? madeArn[0]) : undefined;
  const former = encryption.former.flatMap((key) => (key === CREATED_KEY ? madeArn : key));
  return { ...(current !== undefined && { current }), former };
}

/** Starts an instance. @param instanceProfileName of the profile that it gets */
export async function startInstance(
  { account, state, port, hopLimit }: HostPlace,
  instanceProfileName?: string,
): Promise<HostOfSimulation> {
  const named = instanceProfileName === undefined ? {} : { instanceProfileName };
  const host = await account.startHost({ account: state, port, hopLimit, ...named });
  const { instanceId, metadataEndpoint, containerMetadataEndpoint } = host;
  return {
    title: `the host ${instanceId}`,
    summary: { instanceId, metadataEndpoint, containerMetadataEndpoint },
    variables: { AWS_EC2_METADATA_DISABLED: 'false', ...metadataVariables(metadataEndpoint) },
    credentials: async () => host.credentials(),
    afterDeployment: () => undefined,
  };
}
