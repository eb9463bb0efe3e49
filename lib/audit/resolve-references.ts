import { ToolkitError } from '../errors';
import type { StackDocument, StackResource } from './stack-document';

/** Where the stack will be deployed; ARNs that exist only afterwards are made up for this place. */
export interface Place {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

const REFERENCE = /\$\{([a-z0-9_]+)\.([A-Za-z0-9_-]+)\.([a-z0-9_]+)\}/g;
/** The id of every key that is yet to be made. */
const KEY_ID = '00000000-0000-4000-8000-000000000000';

type Compute = (resource: StackResource, place: Place) => string;

/** Attributes that AWS or the provider computes, by type and name: what they will be, up to ids that AWS chooses. */
const COMPUTED: Readonly<Record<string, Compute>> = {
  'aws_kms_key.arn': (_, { partition, region, account }) => `arn:${partition}:kms:${region}:${account}:key/${KEY_ID}`,
  'aws_kms_key.id': () => KEY_ID,
  'aws_kms_key.key_id': () => KEY_ID,
  'aws_iam_role.arn': (role, place) => iamArn('role', role, place),
  'aws_iam_role.id': ({ arguments: { name } }) => String(name),
  'aws_iam_policy.arn': (policy, place) => iamArn('policy', policy, place),
  'aws_iam_policy.id': (policy, place) => iamArn('policy', policy, place),
  'aws_s3_bucket.arn': ({ arguments: { bucket } }, { partition }) => `arn:${partition}:s3:::${bucket}`,
  'aws_s3_bucket.id': ({ arguments: { bucket } }) => String(bucket),
};

function iamArn(type: string, { arguments: { name, path = '/' } }: StackResource, place: Place): string {
  return `arn:${place.partition}:iam::${place.account}:${type}${path}${name}`;
}

/** Reads arguments of one stack with their references resolved. */
export interface References {
  /** @throws {ToolkitError} `UnresolvedReference`; `BadStack`, when the argument is no text */
  readonly text: (resource: StackResource, argument: string) => string;
  /** The same for an argument that may be missing. */
  readonly tryText: (resource: StackResource, argument: string) => string | undefined;
  /** Any text of the stack; `at` says whose it is. */
  readonly resolve: (text: string, at: string) => string;
}

export function referencesOf(stack: StackDocument, place: Place): References {
  const resolve = (text: string, at: string): string => {
    const resolved = text.replace(REFERENCE, (reference, type: string, name: string, attribute: string) => {
      const resource = stack.resources.find(({ address }) => address === `${type}.${name}`);
      if (resource === undefined) throw unresolved(at, reference);
      const given = resource.arguments[attribute];
      if (typeof given === 'string') return resolve(given, `'${resource.address}' argument '${attribute}'`);
      return (COMPUTED[`${type}.${attribute}`] ?? fail(at, reference))(resource, place);
    });
    const open = /[$%]\{[^}]*\}?/.exec(resolved.replaceAll(POLICY_VARIABLE, ''));
    if (open !== null) throw unresolved(at, open[0]);
    return resolved;
  };
  const tryText = (resource: StackResource, argument: string) => {
    const value = resource.arguments[argument];
    if (value === undefined) return undefined;
    const at = `'${resource.address}' argument '${argument}'`;
    if (typeof value !== 'string')
      throw new ToolkitError('BadStack', `${at} must be text, got: ${JSON.stringify(value)}`);
    return resolve(value, at);
  };
  const text = (resource: StackResource, argument: string) => {
    const value = tryText(resource, argument);
    if (value !== undefined) return value;
    throw new ToolkitError('BadStack', `'${resource.address}' argument '${argument}' must be there, got: nothing`);
  };
  return { text, tryText, resolve };
}

/** Terraform writes a policy variable as `$${aws:username}`. */
const POLICY_VARIABLE = /\$\$\{[^}]*\}/g;

function fail(at: string, reference: string): never {
  throw unresolved(at, reference);
}

function unresolved(at: string, reference: string): ToolkitError {
  return new ToolkitError(
    'UnresolvedReference',
    `${at} must be readable without an AWS account, got: ${reference}\nWrite names, accounts and ARNs as text`,
  );
}
