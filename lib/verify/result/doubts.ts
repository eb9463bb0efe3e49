import type { AnsweringEndpoint } from '../../aws/endpoint-log';
import type { Result } from './verification';

/** The grounds of a verdict besides the checks. */
export interface Grounds {
  readonly answeredBy: readonly AnsweringEndpoint[];
  /** Whether answers of others than AWS are good enough, because the caller asked for it. */
  readonly acceptsOtherEndpoints: boolean;
  /** Ids of checks that the environment calls for and the config does not. */
  readonly notAsked?: readonly string[];
  /** Grants that the config has or lacks, other than its environment has, in words. */
  readonly oddGrants?: readonly string[];
  /** Where the credentials were found, where that is no place of the host kind. */
  readonly foreignSource?: string | undefined;
}

/** Why the verdict is no pass although every check passed, a sentence each. */
export function doubtsOf(grounds: Grounds): readonly string[] {
  const { answeredBy, acceptsOtherEndpoints, notAsked = [], oddGrants = [], foreignSource } = grounds;
  const others = answeredBy.filter(({ isAws }) => !isAws).map(({ url }) => url);
  return [
    ...(others.length === 0 || acceptsOtherEndpoints ? [] : [notFromAws([...new Set(others)])]),
    ...(notAsked.length === 0 ? [] : [cut(notAsked)]),
    ...(notAsked.length > 0 || oddGrants.length === 0 ? [] : [odd(oddGrants)]),
    ...(foreignSource === undefined ? [] : [copied(foreignSource)]),
  ];
}

function notFromAws(urls: readonly string[]): string {
  return `The answers came from ${urls.join(', ')}, which is not AWS by name: leave out AWS_ENDPOINT_URL and its like, and endpoint_url in ~/.aws/config; --accept-other-endpoints accepts such answers.`;
}

function cut(ids: readonly string[]): string {
  return `The config does not ask for ${ids.join(', ')}, which this environment calls for: it was changed by hand, or an earlier release wrote it; emit it again.`;
}

function odd(grants: readonly string[]): string {
  return `The config ${grants.join(', ')}, other than an environment with its capabilities: it was changed by hand, or another release wrote it; emit it again.`;
}

function copied(source: string): string {
  return `The credentials came from ${source}, which is not how this kind of host gets its role: what they can do says nothing about the host.`;
}

/** One doubt keeps a verdict from being a pass; a failure stays one. */
export function withDoubts(verdict: Result, doubts: readonly string[]): Result {
  return verdict === 'pass' && doubts.length > 0 ? 'inconclusive' : verdict;
}
