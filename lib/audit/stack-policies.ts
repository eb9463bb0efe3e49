import { partitionOf } from '../config/partition';
import { ToolkitError } from '../errors';
import { type Policy, type PolicyKind, parsePolicy } from '../iam';
import { readDeclaredUse } from './declared-use';
import type { BucketPolicies, EnvironmentPolicies, KeyPolicies, RolePolicies } from './environment-policies';
import { assertOnlyReadablePolicies } from './policy-sources';
import { type Place, type References, referencesOf } from './resolve-references';
import { badStack, parseStackDocument, requireObject, type StackDocument, type StackResource } from './stack-document';

/** A stack, and how its text arguments are read. */
interface Reading {
  readonly stack: StackDocument;
  readonly place: Place;
  readonly references: References;
}

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
  assertOnlyReadablePolicies(stack);
  const place = readPlace(stack);
  const reading: Reading = { stack, place, references: referencesOf(stack, place) };
  const declared = readDeclaredUse(stack);
  const role = findOne(reading, 'aws_iam_role');
  const bucket = readBucket(reading);
  const key = readKey(reading);
  const boundary = readBoundary(role, reading);
  return {
    ...place,
    environment: declared.environment,
    role: readRole(role, boundary, reading),
    bucket,
    ...(key && { key }),
    declared,
    notAssessed: [
      ...(key !== undefined && key.policy === undefined
        ? [
            `the key policy of '${key.arn}', which exists already: taken to leave the decision to the account's IAM policies`,
          ]
        : []),
      ...(typeof boundary === 'string' ? [`the permissions boundary '${boundary}': it can only take away`] : []),
      'service control policies, resource control policies and endpoint policies: they can only take away',
    ],
  };
}

function readPlace({ provider }: StackDocument): Place {
  const { region, allowed_account_ids: accounts } = provider;
  if (typeof region !== 'string') throw badStack("'provider.aws.region'", 'must be text', region);
  const partition = partitionOf(region);
  if (partition === undefined) throw badStack("'provider.aws.region'", 'must be a region', region);
  if (!Array.isArray(accounts) || accounts.length !== 1) {
    throw badStack("'provider.aws.allowed_account_ids'", 'must be a list of one account', accounts);
  }
  return { partition, region, account: String(accounts[0]) };
}

function readRole(role: StackResource, boundary: Policy | string | undefined, reading: Reading): RolePolicies {
  const { references } = reading;
  const name = references.text(role, 'name');
  const isOfRole = (resource: StackResource) => references.text(resource, 'role') === name;
  const attached = all(reading, 'aws_iam_role_policy_attachment').filter(isOfRole);
  const inline = all(reading, 'aws_iam_role_policy').filter(isOfRole);
  return {
    arn: references.resolve(`\${${role.address}.arn}`, `'${role.address}'`),
    trust: readPolicy(role, 'assume_role_policy', { kind: 'trust', references }),
    identity: [
      ...attached.map((attachment) => readManagedPolicy(attachment, 'policy_arn', reading)),
      ...inline.map((policy) => readPolicy(policy, 'policy', { kind: 'identity', references })),
    ],
    ...(typeof boundary === 'object' && { boundary }),
  };
}

/** The boundary's document when the stack holds it, else its ARN. */
function readBoundary(role: StackResource, reading: Reading): Policy | string | undefined {
  const arn = reading.references.tryText(role, 'permissions_boundary');
  if (arn === undefined) return undefined;
  return findManagedPolicy(arn, reading) === undefined ? arn : readManagedPolicy(role, 'permissions_boundary', reading);
}

function readManagedPolicy(resource: StackResource, argument: string, reading: Reading): Policy {
  const { references } = reading;
  const arn = references.text(resource, argument);
  const policy = findManagedPolicy(arn, reading);
  if (policy !== undefined) return readPolicy(policy, 'policy', { kind: 'identity', references });
  throw new ToolkitError(
    'UnsupportedPolicySource',
    `'${resource.address}' argument '${argument}' must be a policy of the same stack, got: ${arn}`,
  );
}

function findManagedPolicy(arn: string, reading: Reading): StackResource | undefined {
  const arnOf = ({ address }: StackResource) => reading.references.resolve(`\${${address}.arn}`, `'${address}'`);
  return all(reading, 'aws_iam_policy').find((policy) => arnOf(policy) === arn);
}

function readBucket(reading: Reading): BucketPolicies {
  const { references } = reading;
  const bucket = findOne(reading, 'aws_s3_bucket');
  const policy = tryFindOne(reading, 'aws_s3_bucket_policy');
  return {
    name: references.text(bucket, 'bucket'),
    arn: references.resolve(`\${${bucket.address}.arn}`, `'${bucket.address}'`),
    bucketKey: readEncryptionRule(reading).bucket_key_enabled === true,
    ...(policy && { policy: readPolicy(policy, 'policy', { kind: 'resource', references }) }),
  };
}

function readKey(reading: Reading): KeyPolicies | undefined {
  const { references } = reading;
  const { apply_server_side_encryption_by_default: byDefault } = readEncryptionRule(reading);
  const { kms_master_key_id: keyArn } = requireObject(byDefault ?? {}, "'apply_server_side_encryption_by_default'");
  if (keyArn === undefined) return undefined;
  const arn = references.resolve(String(keyArn), "'kms_master_key_id'");
  const key = tryFindOne(reading, 'aws_kms_key');
  if (key === undefined || references.resolve(`\${${key.address}.arn}`, `'${key.address}'`) !== arn) return { arn };
  const separate = tryFindOne(reading, 'aws_kms_key_policy');
  return { arn, policy: readKeyPolicy(separate ?? key, reading) };
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
function readKeyPolicy(resource: StackResource, { references, place }: Reading): Policy {
  if (resource.arguments.policy !== undefined) return readPolicy(resource, 'policy', { kind: 'resource', references });
  const Principal = { AWS: `arn:${place.partition}:iam::${place.account}:root` };
  const Statement = [{ Sid: 'DefaultKeyPolicy', Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*' }];
  return parsePolicy({ Version: '2012-10-17', Statement }, resource.address, { kind: 'resource' });
}

function readEncryptionRule(reading: Reading): Readonly<Record<string, unknown>> {
  const configuration = tryFindOne(reading, 'aws_s3_bucket_server_side_encryption_configuration');
  if (configuration === undefined) return {};
  const { rule } = configuration.arguments;
  return requireObject(Array.isArray(rule) ? rule[0] : rule, `'${configuration.address}' argument 'rule'`);
}

function readPolicy(
  resource: StackResource,
  argument: string,
  { kind, references }: { readonly kind: PolicyKind; readonly references: References },
): Policy {
  const document = references.text(resource, argument).replaceAll('$${', '${');
  return parsePolicy(document, resource.address, { kind });
}

function all({ stack }: Reading, type: string): readonly StackResource[] {
  return stack.resources.filter((resource) => resource.type === type);
}

function findOne(reading: Reading, type: string): StackResource {
  const found = tryFindOne(reading, type);
  if (found === undefined) throw badStack(`'${type}'`, 'must be in the stack', undefined);
  return found;
}

function tryFindOne(reading: Reading, type: string): StackResource | undefined {
  const [found, ...more] = all(reading, type);
  if (more.length === 0) return found;
  throw badStack(
    `'${type}'`,
    'must be in the stack once',
    [found, ...more].map((resource) => resource?.address),
  );
}
