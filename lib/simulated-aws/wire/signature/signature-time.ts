import { AwsError } from '../http/aws-error';
import type { Protocol } from '../http/protocol';
import type { PresentedSignature } from './presented-signature';
import { type RefusalDetails, signatureRefusal } from './refusals';

/** How far the client's clock may be from the service's: 15 minutes for S3, 5 for the rest. */
const MAX_SKEW_MS: Readonly<Record<Protocol, number>> = {
  'rest-xml': 900_000,
  'rest-json': 300_000,
  query: 300_000,
  json: 300_000,
};

const MAX_EXPIRES_SECONDS = 604_800;

/**
 * Refuses a signature that is too old, or not yet valid.
 *
 * @throws {AwsError}
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export function requireFreshSignature(presented: PresentedSignature, protocol: Protocol, now: Date): void {
  const signedAt = readSignedAt(presented.signedAt);
  if (presented.signedAt.slice(0, 8) !== presented.scope.date) {
    throw signatureRefusal(protocol, presented.carrier === 'query' ? 'malformed-query' : 'malformed', {
      words: { reason: `Invalid credential date "${presented.scope.date}". This date is not the same as X-Amz-Date` },
    });
  }
  if (presented.carrier === 'query' && protocol === 'rest-xml') {
    requireUnexpired(presented, signedAt, now);
  } else if (Math.abs(now.getTime() - signedAt.getTime()) > MAX_SKEW_MS[protocol]) {
    throw signatureRefusal(protocol, 'skewed', skewDetails(presented, protocol, now));
  }
}

function requireUnexpired(presented: PresentedSignature, signedAt: Date, now: Date): void {
  const { expiresSeconds } = presented;
  if (expiresSeconds === undefined || expiresSeconds > MAX_EXPIRES_SECONDS) {
    throw signatureRefusal('rest-xml', 'malformed-query', {
      words: {
        reason: `X-Amz-Expires must be given, and less than a week (in seconds) that is less than ${MAX_EXPIRES_SECONDS}`,
      },
    });
  }
  const expiresAt = new Date(signedAt.getTime() + expiresSeconds * 1000);
  const isTooEarly = signedAt.getTime() - now.getTime() > MAX_SKEW_MS['rest-xml'];
  if (isTooEarly || now > expiresAt) {
    throw new AwsError(403, 'AccessDenied', 'Request has expired', {
      'X-Amz-Expires': String(expiresSeconds),
      Expires: expiresAt.toISOString(),
      ServerTime: now.toISOString(),
    });
  }
}

function skewDetails(presented: PresentedSignature, protocol: Protocol, now: Date): RefusalDetails {
  const maxMs = MAX_SKEW_MS[protocol];
  const isPast = readSignedAt(presented.signedAt) < now;
  const edge = basicTime(new Date(now.getTime() + (isPast ? -maxMs : maxMs)));
  const shift = `${basicTime(now)} ${isPast ? '-' : '+'} ${maxMs / 60_000} min.`;
  const reason = isPast
    ? `Signature expired: ${presented.signedAt} is now earlier than ${edge} (${shift})`
    : `Signature not yet current: ${presented.signedAt} is still later than ${edge} (${shift})`;
  return {
    words: { reason },
    fields: {
      RequestTime: presented.signedAt,
      ServerTime: now.toISOString(),
      MaxAllowedSkewMilliseconds: String(maxMs),
    },
  };
}

function readSignedAt(text: string): Date {
  return new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

function basicTime(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d{3}/g, '');
}
