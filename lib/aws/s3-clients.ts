import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { sendMalformedBody } from './malformed-body';
import { otherRegion } from './other-region';
import { sendOverPlainHttp } from './plain-http';
import { signInQuery } from './presigned';

/** One client for each way in which S3 is asked. */
export function createS3Clients(ownRegion: string, shared: S3ClientConfig) {
  const config = {
    ...shared,
    // For `Expect: 100-continue` the SDK opens connections of its own, which know neither proxies nor authorities.
    expectContinueHeader: false,
    // What is read is compared with what was written; the SDK's sum of it would be a CRC-64 in JavaScript.
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
  const provide = shared.credentials;
  const wronglySigned = new S3Client({
    ...config,
    ...(typeof provide === 'function' && { credentials: withWrongSecret(provide) }),
  });
  return { s3: new S3Client(config), wronglySigned, plainS3, presignedS3, presignedPlainS3, malformedS3, s3Elsewhere };
}

type Provide = Extract<NonNullable<S3ClientConfig['credentials']>, (...values: never[]) => unknown>;

/** Signs for the same key with another secret, so that whoever checks signatures refuses it. */
function withWrongSecret(provide: Provide): Provide {
  return async (properties) => ({ ...(await provide(properties)), secretAccessKey: 'not-the-secret' });
}
