import type { ContextValue } from '../../iam/types';
import type { WireRequest } from '../wire/http/message';

/**
 * Condition keys that AWS takes from every request, whatever it asks for.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function requestContext(request: WireRequest, requestedRegion: string): Readonly<Record<string, ContextValue>> {
  const { 'user-agent': userAgent, referer } = request.headers;
  return {
    'aws:SecureTransport': String(request.isSecure),
    'aws:SourceIp': request.sourceIp,
    'aws:CurrentTime': request.receivedAt.toISOString(),
    'aws:EpochTime': String(Math.floor(request.receivedAt.getTime() / 1000)),
    'aws:RequestedRegion': requestedRegion,
    'aws:ViaAWSService': 'false',
    ...(userAgent === undefined ? {} : { 'aws:UserAgent': userAgent }),
    ...(referer === undefined ? {} : { 'aws:Referer': referer }),
  };
}
