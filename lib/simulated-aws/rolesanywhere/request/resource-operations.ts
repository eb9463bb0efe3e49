import { type Input, optionalString } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import type { AccountState } from '../../state/account-state';
import type { RolesAnywhereResource } from '../../state/services/roles-anywhere-state';
import { type Kind, requirePermission, requireResource } from './access';
import { type Output, type RolesAnywhereOperation, validationException } from './operation';

/** The parameters of an operation that answers in pages. */
const PAGE_PARAMETERS = ['nextToken', 'pageSize'];

const DEFAULT_SIZE = 100;

/**
 * A page of a list, under the name that the answer gives it.
 *
 * @throws {AwsError} `ValidationException`
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_ListProfiles.html
 */
function page(input: Input, name: string, items: readonly object[]) {
  const start = startOf(optionalString(input, 'nextToken', { minLength: 1, maxLength: 10_000 }), items.length);
  const end = start + sizeOf(optionalString(input, 'pageSize'));
  return {
    [name]: items.slice(start, end),
    ...(end < items.length && { nextToken: Buffer.from(`from ${end}`).toString('base64url') }),
  };
}

function sizeOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_SIZE;
  if (!/^\d{1,6}$/.test(text) || Number(text) < 1) throw validationException(`Invalid page size: ${text}`);
  return Number(text);
}

function startOf(token: string | undefined, count: number): number {
  if (token === undefined) return 0;
  const [, start] = /^from (\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (start === undefined || Number(start) > count) throw validationException('Invalid next token');
  return Number(start);
}

/** A kind of resource as requests and answers name it. */
export interface DescribedKind<Resource extends RolesAnywhereResource> extends Kind<Resource> {
  /** In the names of operations, such as `TrustAnchor`. */
  readonly noun: string;
  /** Name of the answer's member that holds one; with an `s`, of the one that holds many. */
  readonly member: string;
  /** The first segment of one's path; with an `s`, of all. */
  readonly path: string;
  readonly describe: (resource: Resource, account: AccountState) => object;
}

type Entry = readonly [name: string, operation: RolesAnywhereOperation];

/** Get and list. @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_Operations.html */
export function readingOperations<Resource extends RolesAnywhereResource>(
  kind: DescribedKind<Resource>,
): readonly Entry[] {
  const { noun, path, parameter } = kind;
  const get = (call: Call, input: Input) => answer(call, kind, find(call, input, kind, `Get${noun}`));
  const list = (call: Call, input: Input) => {
    requirePermission(call, { action: `rolesanywhere:List${noun}s` });
    const items = [...kind.of(call).values()].map((resource) => kind.describe(resource, call.account));
    return page(input, `${kind.member}s`, items);
  };
  return [
    [`Get${noun}`, { method: 'GET', path: `/${path}/{${parameter}}`, parameters: [], run: get }],
    [`List${noun}s`, { method: 'GET', path: `/${path}s`, parameters: PAGE_PARAMETERS, run: list }],
  ];
}

/** Delete, enable and disable. */
export function changingOperations<Resource extends RolesAnywhereResource>(
  kind: DescribedKind<Resource>,
): readonly Entry[] {
  const { noun, path, parameter } = kind;
  const one = `/${path}/{${parameter}}`;
  const remove = (call: Call, input: Input) => {
    const resource = find(call, input, kind, `Delete${noun}`);
    kind.of(call).delete(resource.id);
    return answer(call, kind, resource);
  };
  const enabling = (verb: 'Enable' | 'Disable') => (call: Call, input: Input) => {
    const resource = find(call, input, kind, `${verb}${noun}`);
    return keep(call, kind, { ...resource, isEnabled: verb === 'Enable' });
  };
  return [
    [`Delete${noun}`, { method: 'DELETE', path: one, parameters: [], run: remove }],
    [`Enable${noun}`, { method: 'POST', path: `${one}/enable`, parameters: [], run: enabling('Enable') }],
    [`Disable${noun}`, { method: 'POST', path: `${one}/disable`, parameters: [], run: enabling('Disable') }],
  ];
}

/** Keeps a resource that has changed, and answers with it. */
export function keep<Resource extends RolesAnywhereResource>(
  call: Call,
  kind: DescribedKind<Resource>,
  resource: Resource,
): Output {
  const changed = { ...resource, updatedAt: call.account.now() };
  kind.of(call).set(changed.id, changed);
  return answer(call, kind, changed);
}

function answer<Resource extends RolesAnywhereResource>(
  { account }: Call,
  kind: DescribedKind<Resource>,
  resource: Resource,
): Output {
  return { [kind.member]: kind.describe(resource, account) };
}

function find<Resource extends RolesAnywhereResource>(
  call: Call,
  input: Input,
  kind: DescribedKind<Resource>,
  operation: string,
): Resource {
  return requireResource(call, input, kind, { action: `rolesanywhere:${operation}` });
}
