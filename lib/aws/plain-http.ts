import type { S3Client } from '@aws-sdk/client-s3';

/**
 * Sends the requests of a client over HTTP without TLS, to the same host and port.
 *
 * The SDK's `tls: false` has no effect where endpoint rules choose the address, so the protocol is changed on the request,
 * after its endpoint is resolved and before it is signed; SigV4 covers the host and the port, not the protocol.
 * Without an explicit port, HTTPS means 443 and HTTP means 80.
 */
export function sendOverPlainHttp(stack: S3Client['middlewareStack']): void {
  stack.add(
    (next) => (args) => {
      (args.request as { protocol: string }).protocol = 'http:';
      return next(args);
    },
    { name: 'plainHttpMiddleware', step: 'build' },
  );
}
