import { AwsError } from '../http/aws-error';
import type { Protocol } from '../http/message';
import { basicTime } from './hashes';
import type { PresentedSignature } from './presented-signature';
import { signatureRefusal } from './refusals';

const MAX_EXPIRES_SECONDS = 604_800;

/** The times by which a signature is judged. */
interface Times {
  readonly signedAt: Date;
  readonly now: Date;
  /** How far the client's clock may be from the service's. */
  readonly maxSkewMs: number;
}

/** @throws {AwsError} `AccessDenied`, `AuthorizationQueryParametersError`, for a presigned request that is not good at this time */
export function requireUnexpired(presented: PresentedSignature, { signedAt, now, maxSkewMs }: Times): void {
  const { expiresSeconds } = presented;
  if (expiresSeconds === undefined || expiresSeconds > MAX_EXPIRES_SECONDS) {
    throw signatureRefusal('rest-xml', 'malformed-query', {
      words: {
        reason: `X-Amz-Expires must be given, and less than a week (in seconds) that is less than ${MAX_EXPIRES_SECONDS}`,
      },
    });
  }
  const expiresAt = new Date(signedAt.getTime() + expiresSeconds * 1000);
  const isTooEarly = signedAt.getTime() - now.getTime() > maxSkewMs;
  if (isTooEarly || now > expiresAt) {
    throw new AwsError(403, 'AccessDenied', 'Request has expired', {
      'X-Amz-Expires': String(expiresSeconds),
      Expires: expiresAt.toISOString(),
      ServerTime: now.toISOString(),
    });
  }
}

/** The refusal of a signature from another time. */
export function skewedSignature(
  protocol: Protocol,
  presented: PresentedSignature,
  { signedAt, now, maxSkewMs }: Times,
): AwsError {
  const isPast = signedAt < now;
  const edge = basicTime(new Date(now.getTime() + (isPast ? -maxSkewMs : maxSkewMs)));
  const shift = `${basicTime(now)} ${isPast ? '-' : '+'} ${maxSkewMs / 60_000} min.`;
  const reason = isPast
    ? `Signature expired: ${presented.signedAt} is now earlier than ${edge} (${shift})`
    : `Signature not yet current: ${presented.signedAt} is still later than ${edge} (${shift})`;
  return signatureRefusal(protocol, 'skewed', {
    words: { reason },
    fields: {
      RequestTime: presented.signedAt,
      ServerTime: now.toISOString(),
      MaxAllowedSkewMilliseconds: String(maxSkewMs),
    },
  });
}

/** A canonical request, and the text over which a key makes its signature. */
export interface SignedForm {
  readonly canonical: string;
  readonly stringToSign: string;
}

/** The refusal of a signature that another key, or another request, was signed with. */
export function wrongSignature(
  protocol: Protocol,
  presented: PresentedSignature,
  { canonical, stringToSign }: SignedForm = { canonical: '', stringToSign: '' },
): AwsError {
  return signatureRefusal(protocol, 'wrong-signature', {
    fields: {
      AWSAccessKeyId: presented.accessKeyId,
      StringToSign: stringToSign,
      SignatureProvided: presented.signature,
      StringToSignBytes: bytesOf(stringToSign),
      CanonicalRequest: canonical,
      CanonicalRequestBytes: bytesOf(canonical),
    },
  });
}

/** As S3 writes them: two hexadecimal digits each, with spaces between. */
function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8')
    .toString('hex')
    .replace(/..(?!$)/g, '$& ');
}
