import { authenticate } from '../../lib/simulated-aws/server/exchange/authenticate';
import type { Presentation } from '../../lib/simulated-aws/wire/signature/presented-signature';
import { Account } from './s3/account';

const { state } = new Account();
const request = {
  method: 'POST',
  path: '/',
  queryText: '',
  headers: {},
  body: Buffer.alloc(0),
  isSecure: true,
  sourceIp: '127.0.0.1',
  receivedAt: new Date(0),
};
const certified = { kind: 'certified', algorithm: 'AWS4-X509-RSA-SHA256' } as Presentation;

test.each<{ presentation: Presentation; message: string }>([
  {
    presentation: { kind: 'unsupported', algorithm: 'AWS4-ECDSA-P256-SHA256' },
    message: "The algorithm 'AWS4-ECDSA-P256-SHA256' is not supported; sign with AWS4-HMAC-SHA256.",
  },
  {
    presentation: certified,
    message: "The algorithm 'AWS4-X509-RSA-SHA256' is not supported; sign with AWS4-HMAC-SHA256.",
  },
  {
    presentation: { kind: 'malformed', carrier: 'header', reason: 'Credential is missing' },
    message: 'The Authorization header is incomplete: Credential is missing.',
  },
  {
    presentation: { kind: 'malformed', carrier: 'query', reason: 'X-Amz-Date is missing' },
    message: 'The signature is incomplete: X-Amz-Date is missing.',
  },
])('what IAM cannot verify is refused with its reason: $message', ({ presentation, message }) => {
  const claim = { request, presentation, protocol: 'query', admitsUnsigned: false, admitsCertificate: false } as const;
  expect(() => authenticate(state, claim)).toThrow(
    expect.objectContaining({ code: 'IncompleteSignature', status: 400, message }),
  );
});
