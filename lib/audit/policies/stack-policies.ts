import { partitionOf, regionRule } from '../../config/partition';
import { badStack } from '../stack/arguments';
import type { Place } from '../stack/place';
import { parseStackDocument, type StackDocument } from '../stack/stack-document';
import { readingOf, type StackReading } from '../stack/stack-reading';
import type { DeclaredHost } from './declared-host';
import { readDeclaredUse, readEnvironmentName } from './declared-use';
import type { DeclaredUse, EnvironmentPolicies, KeyPolicies } from './environment-policies';
import { requireOnlyReadablePolicies } from './policy-sources';
import { readBucket, readKey, readKeyOf } from './read-bucket-and-key';
import { readRole } from './read-role';

/**
 * Reads every policy of one environment from its synthesized stack, with no AWS account.
 *
 * An ARN that AWS chooses only at deployment is replaced by a made-up one of the same account and region.
 *
 * @param text - content of the stack's `cdk.tf.json`
 * @param file - how to call the stack in a message
 * @throws {ToolkitError} `BrokenJson`, `BadStack`, `UnresolvedReference`, `UnsupportedPolicySource`, each naming address
 *   and argument; `BadPolicy`, from the policy itself
 */
export function readStackPolicies(text: string, file: string): EnvironmentPolicies {
  const stack = parseStackDocument(text, file);
  return readPoliciesOf(stack, readPlace(stack), {
    ...readDeclaredUse(stack),
    environment: readEnvironmentName(stack),
  });
}

/** The environment's name, and the use of its role. */
export interface Declaration extends DeclaredUse {
  readonly environment: string;
}

/**
 * The same of a stack that was read already.
 *
 * @throws {ToolkitError} `BadStack`, `UnresolvedReference`, `UnsupportedPolicySource`, `BadPolicy`
 */
export function readPoliciesOf(
  stack: StackDocument,
  place: Place,
  { environment, ...declared }: Declaration,
): EnvironmentPolicies {
  requireOnlyReadablePolicies(stack);
  const reading = readingOf(stack, place);
  const host = resolveHost(declared.host, reading);
  const { role, unknownBoundary } = readRole(reading, host);
  const key = readKey(reading);
  const formerKeys = (declared.formerKeyArns ?? []).map((arn) =>
    readKeyOf(reading.resolve(arn, "'output.backup_environment': 'aws.formerKeyArns'"), reading),
  );
  requireSameEncryption(declared, key);
  return {
    ...place,
    environment,
    role,
    bucket: readBucket(reading),
    ...(key && { key }),
    formerKeys,
    declared: { capabilities: declared.capabilities, method: declared.method, host },
    notAssessed: [
      ...[...(key ? [key] : []), ...formerKeys].flatMap(({ arn, policy }) => (policy ? [] : [unknownKeyPolicy(arn)])),
      ...(role.trust === undefined ? [unknownRole(role.arn)] : []),
      ...(unknownBoundary === undefined
        ? []
        : [`the permissions boundary '${unknownBoundary}': it can only take away`]),
      'service control policies, resource control policies and endpoint policies: they can only take away',
    ],
  };
}

function readPlace({ provider }: StackDocument): Place {
  const { region, allowed_account_ids: accounts } = provider;
  const partition = typeof region === 'string' ? partitionOf(region) : undefined;
  if (typeof region !== 'string' || partition === undefined) {
    throw badStack("'provider.aws.region'", regionRule(String(region)), region);
  }
  if (!Array.isArray(accounts) || accounts.length !== 1) {
    throw badStack("'provider.aws.allowed_account_ids'", 'must be a list of one account', accounts);
  }
  return { partition, region, account: String(accounts[0]) };
}

/** Expectations of the key follow from the declaration, so the declaration must be true of the bucket. */
function requireSameEncryption({ method }: DeclaredUse, key: KeyPolicies | undefined): void {
  const actual = key === undefined ? 'AES-256' : 'AWS-KMS';
  if (method !== actual)
    throw badStack("'output.backup_environment'", `must declare ${actual}, as the bucket encrypts`, method);
}

/** A trust anchor that is made in the same stack is declared by a reference. */
function resolveHost(host: DeclaredHost, reading: StackReading): DeclaredHost {
  if (host.kind !== 'on-premises') return host;
  const at = "'output.backup_environment': 'host.trustAnchorArn'";
  return { ...host, trustAnchorArn: reading.resolve(host.trustAnchorArn, at) };
}

function unknownRole(arn: string): string {
  return `the role '${arn}', which exists already: whom it trusts, and what its other policies allow or take away`;
}

function unknownKeyPolicy(arn: string): string {
  return `the key policy of '${arn}', which exists already: taken to leave the decision to the account's IAM policies`;
}
