import { tryReadText } from '../../service/parameters';
import type { Call } from '../../service/service';
import type { AccountState } from '../../state/account-state';
import type { ManagedPolicy, PolicyDocument } from '../../state/services/iam-state';
import { notImplemented } from '../../wire/http/aws-error';
import type { Form } from '../../wire/protocols/query-protocol';
import type { XmlContent } from '../../wire/xml/xml';
import { noSuchEntity } from '../request/errors';
import { readPage } from '../request/pages';
import { PARAMETER_RULES } from '../request/parameter-rules';
import { readPermissionsPolicy } from './policy-document';
import { newUniqueId } from './unique-id';

/** The parts of a new managed policy. */
export interface NewPolicy {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly document: PolicyDocument;
  readonly description?: string;
  readonly tags?: ManagedPolicy['tags'];
}

/** Makes a managed policy with its first version. */
export function addManagedPolicy(account: AccountState, { document, ...policy }: NewPolicy): ManagedPolicy {
  const createdAt = account.now();
  const added: ManagedPolicy = {
    tags: new Map(),
    ...policy,
    id: newUniqueId('policy', account.randomBytes),
    createdAt,
    updatedAt: createdAt,
    defaultVersionId: 'v1',
    versions: [{ versionId: 'v1', createdAt, document }],
    nextVersionNumber: 2,
  };
  account.iam.policies.set(added.arn, added);
  return added;
}

/**
 * Makes a managed policy that the account is to hold already, without asking anybody for permission.
 *
 * @throws {AwsError} `MalformedPolicyDocument`
 */
export function importPolicy(account: AccountState, arn: string, text: string): void {
  const [, path = '/', name = ''] = /:policy(\/(?:.*\/)?)([^/]+)$/.exec(arn) ?? [];
  addManagedPolicy(account, { arn, name, path, document: readPermissionsPolicy(text, name) });
}

/**
 * The managed policy that is to be attached, or to be a permissions boundary.
 *
 * @throws {AwsError} `NoSuchEntity`; `NotImplemented` for one that AWS manages and that is not held here
 */
export function findAttachablePolicy(account: AccountState, arn: string): ManagedPolicy {
  const policy = account.iam.policies.get(arn);
  if (policy !== undefined) {
    return policy;
  }
  if (arn.startsWith(`arn:${account.partition}:iam::aws:policy/`)) {
    throw notImplemented(`the policy '${arn}', which AWS manages`);
  }
  throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
}

/** A page of the managed policies that are attached, below the path that the request names. */
export function attachedPolicies(call: Call, form: Form, arns: readonly string[]): XmlContent {
  const pathPrefix = tryReadText(form, 'PathPrefix', PARAMETER_RULES) ?? '/';
  const policies = arns
    .map((arn) => findAttachablePolicy(call.account, arn))
    .filter(({ path }) => path.startsWith(pathPrefix));
  const { items, end } = readPage(form, policies);
  return { AttachedPolicies: { member: items.map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn })) }, ...end };
}
