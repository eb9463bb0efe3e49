import type { S3Client } from '@aws-sdk/client-s3';

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
export function signInQuery({ config }: S3Client): void {
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
