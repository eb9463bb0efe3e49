import { present } from './condition-key';
import { CONDITION_KEYS_BY_ACTION } from './condition-keys';
import type { S3RequestFacts } from './facts';
import type { Context } from './question';
import type { Target } from './target';

/**
 * The condition keys that a request to S3 supplies for an action: those of the transport and those of the action.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html
 */
export function s3Context(action: string, facts: S3RequestFacts, target: Target): Context {
  const keys = CONDITION_KEYS_BY_ACTION[action] ?? [];
  return Object.assign(
    { ...transportContext(facts), ...present('s3:x-amz-content-sha256', facts.headers['x-amz-content-sha256']) },
    ...keys.map(({ read }) => read(facts, target)),
  );
}

function transportContext(facts: S3RequestFacts): Context {
  const { isSecure, tlsVersion, authType } = facts.transport;
  return {
    'aws:SecureTransport': String(isSecure),
    'aws:ViaAWSService': 'false',
    ...present('s3:TlsVersion', tlsVersion),
    ...(authType === undefined ? {} : { 's3:authType': authType, 's3:signatureversion': 'AWS4-HMAC-SHA256' }),
    ...(authType === undefined ? {} : present('s3:signatureAge', signatureAgeMs(facts))),
  };
}

/** Milliseconds since the request was signed. */
function signatureAgeMs({ query, headers, receivedAt }: S3RequestFacts): string | undefined {
  const signedAt = query['X-Amz-Date'] ?? headers['x-amz-date'] ?? '';
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(signedAt);
  if (!parts || receivedAt === undefined) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const ageMs = receivedAt.getTime() - Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return String(Math.max(0, ageMs));
}
