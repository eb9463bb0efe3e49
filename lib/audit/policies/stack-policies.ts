import { partitionOf, regionRule } from '../../config/partition';
import { badStack } from '../stack/arguments';
import type { Place } from '../stack/place';
import { parseStackDocument } from '../stack/read-stack-document';
import type { StackDocument } from '../stack/stack-document';
import { readingOf, type StackReading } from '../stack/stack-reading';
import type { DeclaredHost } from './declared-host';
import { readDeclaredUse, readEnvironmentName } from './declared-use';
import {
  type DeclaredUse,
  type EnvironmentPolicies,
  foreignRoleAccount,
  isOwnSideUnknown,
  type KeyPolicies,
} from './environment-policies';
import { requireOnlyReadablePolicies } from './policy-sources';
import { readBucket, readKey, readKeyOf } from './read-bucket-and-key';
import { readRole } from './read-role';
import { type RolePolicyText, readOwnSide, requireForeignRole } from './role-policies';

/**
 * Reads every policy of one environment from its synthesized stack, with no AWS account.
 *
 * An ARN that AWS chooses only at deployment is replaced by a made-up one of the same account and region.
 *
 * @param text - content of the stack's `cdk.tf.json`
 * @param file - how to call the stack in a message
 * @param rolePolicies - documents that the owner of a role of another account attaches to it
 * @throws {ToolkitError} `BrokenJson`, `BadStack`, `UnresolvedReference`, `UnsupportedPolicySource`, each naming address
 *   and argument; `BadPolicy`, from the policy itself; `NoForeignRole`
 */
export function readStackPolicies(
  text: string,
  file: string,
  rolePolicies: readonly RolePolicyText[] = [],
): EnvironmentPolicies {
  const stack = parseStackDocument(text, file);
  const declaration = { ...readDeclaredUse(stack), environment: readEnvironmentName(stack) };
  return readPoliciesOf(stack, readPlace(stack), declaration, rolePolicies);
}

/** The environment's name, and the use of its role. */
export interface Declaration extends DeclaredUse {
  readonly environment: string;
}

/**
 * The same of a stack that was read already.
 *
 * @throws {ToolkitError} `BadStack`, `UnresolvedReference`, `UnsupportedPolicySource`, `BadPolicy`, `NoForeignRole`
 */
export function readPoliciesOf(
  stack: StackDocument,
  place: Place,
  { environment, ...declared }: Declaration,
  rolePolicies: readonly RolePolicyText[] = [],
): EnvironmentPolicies {
  requireOnlyReadablePolicies(stack);
  const reading = readingOf(stack, place);
  const host = resolveHost(declared.host, reading);
  const key = readKey(reading);
  const formerKeys = (declared.formerKeyArns ?? []).map((arn) =>
    readKeyOf(reading.resolve(arn, "'output.backup_environment': 'aws.formerKeyArns'"), reading),
  );
  const keys = [...(key ? [key] : []), ...formerKeys];
  const { identity, assumed } = readOwnSide(
    rolePolicies,
    keys.map(({ arn }) => arn),
    place,
  );
  const { role, unknownBoundary } = readRole(reading, host, identity);
  requireForeignRole(rolePolicies, role.arn, place);
  requireSameEncryption(declared, key);
  return {
    ...place,
    environment,
    role,
    bucket: readBucket(reading),
    ...(key && { key }),
    formerKeys,
    declared: {
      capabilities: declared.capabilities,
      method: declared.method,
      host,
      ...(declared.kept && { kept: declared.kept }),
    },
    notAssessed: notAssessedOf({ account: place.account, role }, { keys, assumed, unknownBoundary }),
  };
}

/** What has a say and was not there to be read. */
function notAssessedOf(
  of: Pick<EnvironmentPolicies, 'account' | 'role'>,
  { keys, assumed, unknownBoundary }: Unread,
): readonly string[] {
  const { role } = of;
  return [
    ...keys.flatMap(({ arn, policy }) => (policy ? [] : [unknownKeyPolicy(arn, foreignRoleAccount(of))])),
    ...(role.trust === undefined ? [unknownRole(role.arn)] : []),
    ...(isOwnSideUnknown(of) ? [unknownOwnSide(role.arn)] : []),
    ...assumed,
    ...(unknownBoundary === undefined ? [] : [`the permissions boundary '${unknownBoundary}': it can only take away`]),
    'service control policies, resource control policies and endpoint policies: they can only take away',
  ];
}

interface Unread {
  readonly keys: readonly KeyPolicies[];
  /** What was assumed of the role's own side. */
  readonly assumed: readonly string[];
  readonly unknownBoundary: string | undefined;
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

function unknownOwnSide(arn: string): string {
  return `the policies of the role '${arn}' itself: its owner attaches them, and --role-policy gives them`;
}

function unknownKeyPolicy(arn: string, account: string | undefined): string {
  const taken = account === undefined ? '' : `, and to let in the role of account ${account}`;
  return `the key policy of '${arn}', which exists already: taken to leave the decision to the account's IAM policies${taken}`;
}
