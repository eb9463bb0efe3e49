import type { Caller } from '../../service/service';
import type { AccountState } from '../../state/account-state';
import { acceptedRegions } from '../../state/accounts';
import type { AccessKey } from '../../state/services/iam-state';
import type { Protocol } from '../../wire/http/message';
import type { RawRequest } from '../../wire/http/raw-request';
import type { ChunkSigning } from '../../wire/payload/aws-chunked';
import { verifyCertificateSignature } from '../../wire/signature/certificate-signature';
import { scopeText } from '../../wire/signature/hashes';
import type { CertificateAlgorithm, Presentation, PresentedSignature } from '../../wire/signature/presented-signature';
import { signatureRefusal } from '../../wire/signature/refusals';
import { requireS3Authorization } from '../../wire/signature/s3-authorization';
import { requireFreshSignature, verifySignature } from '../../wire/signature/verify-signature';
import { ANONYMOUS_CALLER, CERTIFIED_CALLER, callerOf } from './caller';

/** A request whose sender is known, or known to be anonymous. */
export interface Authenticated {
  readonly caller: Caller;
  /** Signs the chunks of its body; absent for an anonymous or a presigned request. */
  readonly chunkSigning?: ChunkSigning;
}

/** A request and what it says of its sender. */
export interface Claim {
  readonly request: RawRequest;
  readonly presentation: Presentation;
  readonly protocol: Protocol;
  /** Whether the operation takes a request without a signature. */
  readonly admitsUnsigned: boolean;
  /** Whether the operation takes one that is signed with the key of a certificate. */
  readonly admitsCertificate: boolean;
}

/**
 * Finds out who sent a request.
 *
 * S3 lets anonymous requests through to its policies; elsewhere, only an operation that does without a signature does.
 *
 * @throws {AwsError} in the words of the service's protocol
 */
export function authenticate(account: AccountState, claim: Claim): Authenticated {
  const { request, presentation, protocol, admitsUnsigned, admitsCertificate } = claim;
  if (protocol === 'rest-xml') requireS3Authorization(request, presentation);
  switch (presentation.kind) {
    case 'anonymous':
      if (!admitsUnsigned) throw signatureRefusal(protocol, 'missing');
      return { caller: ANONYMOUS_CALLER };
    case 'unsupported':
      throw signatureRefusal(protocol, 'unsupported-algorithm', { words: { got: presentation.algorithm } });
    case 'malformed':
      throw signatureRefusal(protocol, presentation.carrier === 'query' ? 'malformed-query' : 'malformed', {
        words: { reason: presentation.reason },
      });
    case 'certified':
      if (!admitsCertificate) {
        throw signatureRefusal(protocol, 'unsupported-algorithm', { words: { got: presentation.algorithm } });
      }
      return verifyCertified(account, { request, presented: presentation.signature, protocol }, presentation.algorithm);
    case 'signed':
      return verify(account, { request, presented: presentation.signature, protocol });
  }
}

interface SignedClaim {
  readonly request: RawRequest;
  readonly presented: PresentedSignature;
  readonly protocol: Protocol;
}

/** The key is the certificate's own: what the certificate is worth is for the operation to find out. */
function verifyCertified(account: AccountState, claim: SignedClaim, algorithm: CertificateAlgorithm): Authenticated {
  const { request, presented, protocol } = claim;
  requireRegion(account, { request, presented, protocol });
  requireFreshSignature(presented, protocol, request.receivedAt);
  verifyCertificateSignature({ request, presented, algorithm });
  return { caller: CERTIFIED_CALLER };
}

function verify(account: AccountState, { request, presented, protocol }: SignedClaim): Authenticated {
  requireRegion(account, { request, presented, protocol });
  requireFreshSignature(presented, protocol, request.receivedAt);
  const accessKey = findAccessKey(account, presented, protocol);
  const key = verifySignature({ request, presented, protocol, secretAccessKey: accessKey.secretAccessKey });
  requireToken(accessKey, presented, { protocol, now: request.receivedAt });
  requireSecondFactor(accessKey, presented, protocol);
  const caller = callerOf(account, presented.accessKeyId, accessKey);
  if (presented.carrier === 'query') return { caller };
  const { signedAt, signature: seedSignature, scope } = presented;
  return { caller, chunkSigning: { key, signedAt, seedSignature, scope: scopeText(scope) } };
}

function requireRegion(account: AccountState, { request, presented, protocol }: SignedClaim): void {
  const { scope } = presented;
  const [expected = '', ...others] = acceptedRegions(account, scope.service, request.path);
  if (scope.region !== expected && !others.includes(scope.region)) {
    throw signatureRefusal(protocol, 'wrong-region', {
      words: { got: scope.region, expected },
      fields: { Region: expected },
    });
  }
}

function findAccessKey(account: AccountState, { accessKeyId }: PresentedSignature, protocol: Protocol): AccessKey {
  const accessKey = account.iam.accessKeys.get(accessKeyId);
  if (accessKey === undefined) {
    throw signatureRefusal(protocol, 'unknown-key', { fields: { AWSAccessKeyId: accessKeyId } });
  }
  return accessKey;
}

function requireToken(
  accessKey: AccessKey,
  { sessionToken }: PresentedSignature,
  { protocol, now }: { readonly protocol: Protocol; readonly now: Date },
): void {
  const expected = accessKey.kind === 'user' ? undefined : accessKey.sessionToken;
  if (sessionToken !== expected) {
    throw sessionToken === undefined
      ? signatureRefusal(protocol, 'unknown-key')
      : signatureRefusal(protocol, 'invalid-token', { fields: { 'Token-0': sessionToken } });
  }
  if (accessKey.kind !== 'user' && accessKey.expiresAt <= now) {
    throw signatureRefusal(protocol, 'expired-token', { fields: { 'Token-0': accessKey.sessionToken } });
  }
}

/**
 * Credentials that `GetSessionToken` gave out without a second factor are none to IAM.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
function requireSecondFactor(accessKey: AccessKey, { scope }: PresentedSignature, protocol: Protocol): void {
  if (accessKey.kind === 'user-session' && scope.service === 'iam') {
    throw signatureRefusal(protocol, 'invalid-token');
  }
}
