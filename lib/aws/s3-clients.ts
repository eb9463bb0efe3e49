import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { sendMalformedBody } from './malformed-body';
import { otherRegion } from './other-region';
import { sendOverPlainHttp } from './plain-http';
import { signInQuery } from './presigned';

/** What is special about S3's clients. */
export interface S3ClientOptions {
  readonly region: string;
  readonly caCertificatesPem?: string;
}

/** One client for each way in which S3 is asked. */
export function createS3Clients({ region, caCertificatesPem }: S3ClientOptions, shared: S3ClientConfig) {
  // For `Expect: 100-continue` the SDK opens connections of its own, which do not know the further authorities.
  const config = { ...shared, ...(caCertificatesPem && { expectContinueHeader: false }) };
  const plainS3 = new S3Client(config);
  const presignedS3 = new S3Client(config);
  const malformedS3 = new S3Client(config);
  sendOverPlainHttp(plainS3.middlewareStack);
  sendOverPlainHttp(presignedS3.middlewareStack);
  signInQuery(presignedS3);
  sendMalformedBody(malformedS3.middlewareStack);
  const s3Elsewhere = new S3Client({ ...config, region: otherRegion(region) });
  return { s3: new S3Client(config), plainS3, presignedS3, malformedS3, s3Elsewhere };
}
