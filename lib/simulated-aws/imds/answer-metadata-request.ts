import type { WireResponse } from '../wire/http/message';
import type { LocalRequest } from './endpoint';
import { type MetadataSource, tryReadMetadata } from './metadata';
import type { SessionTokens } from './session-tokens';

/** Where tokens are handed out. */
export const TOKEN_PATH = '/latest/api/token';
const TTL_HEADER = 'x-aws-ec2-metadata-token-ttl-seconds';
const TEXT = { 'content-type': 'text/plain' };

/**
 * Answers as IMDSv2 does: a token first, then documents for whoever shows it. IMDSv1 is refused.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-v2-how-it-works.html
 */
export function answerMetadataRequest(
  source: MetadataSource,
  tokens: SessionTokens,
  { method, path, headers }: LocalRequest,
): WireResponse {
  if (path === TOKEN_PATH) {
    return method === 'PUT' ? issueToken(tokens, headers) : { status: 405, headers: { allow: 'OPTIONS, PUT' } };
  }
  if (!tokens.isValid(single(headers['x-aws-ec2-metadata-token']))) {
    return { status: 401, headers: TEXT, body: '401 - Unauthorized' };
  }
  if (method !== 'GET' && method !== 'HEAD') {
    return { status: 405, headers: { allow: 'GET, HEAD' } };
  }
  const document = path.startsWith('/latest/') ? tryReadMetadata(source, path.slice('/latest/'.length)) : undefined;
  if (document === undefined) {
    return { status: 404, headers: TEXT, body: '404 - Not Found' };
  }
  return {
    status: 200,
    headers: TEXT,
    body: typeof document === 'string' ? document : JSON.stringify(document, null, 2),
  };
}

function issueToken(tokens: SessionTokens, headers: LocalRequest['headers']): WireResponse {
  if (headers['x-forwarded-for'] !== undefined) {
    return { status: 403, headers: TEXT, body: '403 - Forbidden' };
  }
  const ttlSeconds = single(headers[TTL_HEADER]);
  const token = tokens.tryIssue(ttlSeconds);
  return token === undefined
    ? { status: 400, headers: TEXT, body: '400 - Bad Request' }
    : { status: 200, headers: { ...TEXT, [TTL_HEADER]: ttlSeconds ?? '' }, body: token };
}

function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}
