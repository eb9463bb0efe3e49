import type { S3Client } from '@aws-sdk/client-s3';

/** Not XML, so that S3 cannot take it for any document. */
const MALFORMED_BODY = 'vault-env verify: not a document';

/**
 * Replaces the body of every request of a client by text that is no document, whatever the command was given.
 *
 * It happens right after the command was serialized, so that checksum, length and signature are those of that text.
 */
export function sendMalformedBody(stack: S3Client['middlewareStack']): void {
  stack.add(
    (next) => (args) => {
      (args.request as { body: unknown }).body = MALFORMED_BODY;
      return next(args);
    },
    { name: 'malformedBodyMiddleware', step: 'serialize', priority: 'low' },
  );
}
