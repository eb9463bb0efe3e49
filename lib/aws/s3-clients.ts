import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { otherRegion } from './other-region';
import { sendOverPlainHttp } from './plain-http';

/** The parts of a request and of the SDK's signer that a presigned URL is made with. */
interface Request {
  readonly headers: Record<string, string>;
}

interface Signer {
  readonly presign: (request: Request, options: object) => Promise<Request>;
}

type SignerProvider = (scheme?: unknown) => Promise<Signer>;

const EXPIRES_IN_SECONDS = 60;

/**
 * Signs the requests of a client in the query of their URL, good for a minute, and not in a header.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
function signInQuery({ config }: S3Client): void {
  const settings = config as unknown as { signer: SignerProvider };
  const provideSigner = settings.signer;
  settings.signer = async (scheme) => {
    const signer = await provideSigner(scheme);
    return { ...signer, sign: (request: Request, options: object) => presign(signer, request, options) };
  };
}

function presign(signer: Signer, request: Request, options: object): Promise<Request> {
  request.headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD';
  return signer.presign(request, { ...options, expiresIn: EXPIRES_IN_SECONDS });
}

/** Not XML, so that S3 cannot take it for any document. */
const MALFORMED_BODY = 'vault-env verify: not a document';

/**
 * Replaces the body of every request of a client by text that is no document, whatever the command was given.
 *
 * It happens right after the command was serialized, so that checksum, length and signature are those of that text.
 */
function sendMalformedBody(stack: S3Client['middlewareStack']): void {
  stack.add(
    (next) => (args) => {
      (args.request as { body: unknown }).body = MALFORMED_BODY;
      return next(args);
    },
    { name: 'malformedBodyMiddleware', step: 'serialize', priority: 'low' },
  );
}

/** One client for each way in which S3 is asked. */
export function createS3Clients(ownRegion: string, shared: S3ClientConfig) {
  const config = {
    ...shared,
    // For `Expect: 100-continue` the SDK opens connections of its own, which know neither proxies nor authorities.
    expectContinueHeader: false,
    // The bytes are compared with those that were written; the SDK's sum of them would be a CRC-64 in JavaScript.
    responseChecksumValidation: 'WHEN_REQUIRED',
  } as const;
  const plainS3 = new S3Client(config);
  const presignedS3 = new S3Client(config);
  const presignedPlainS3 = new S3Client(config);
  const malformedS3 = new S3Client(config);
  sendOverPlainHttp(plainS3.middlewareStack);
  sendOverPlainHttp(presignedPlainS3.middlewareStack);
  signInQuery(presignedS3);
  signInQuery(presignedPlainS3);
  sendMalformedBody(malformedS3.middlewareStack);
  const s3Elsewhere = new S3Client({ ...config, region: otherRegion(ownRegion) });
  return { s3: new S3Client(config), plainS3, presignedS3, presignedPlainS3, malformedS3, s3Elsewhere };
}
