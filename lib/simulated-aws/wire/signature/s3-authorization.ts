import { AwsError } from '../http/aws-error';
import { tryReadParameters } from '../http/message';
import type { RawRequest } from '../http/raw-request';
import type { Presentation } from './presented-signature';
import { UNDATED } from './read-presentation';

/** What S3 knows by its name, whether it takes it or not. */
const TYPES: readonly string[] = ['AWS', 'AWS4-ECDSA-P256-SHA256', 'AWS4-HMAC-SHA256'];

/** Parameters of a presigned request, of version 4 and of version 2. */
const PRESIGNED: readonly string[] = ['X-Amz-Algorithm', 'Signature'];

/**
 * Refuses an `Authorization` header as S3 alone does, before anything is made of what it says.
 *
 * @throws {AwsError} `InvalidArgument`; `AccessDenied`, where no time is told
 * @see https://github.com/versity/versitygw/issues/1512
 * @see https://github.com/catalyst/moodle-tool_objectfs/issues/303
 * @see https://github.com/hubrick/vertx-s3-client/issues/5
 */
export function requireS3Authorization({ headers, queryText }: RawRequest, presentation: Presentation): void {
  const { authorization } = headers;
  if (authorization === undefined || presentation.kind === 'anonymous') return;
  const [type = ''] = authorization.trim().split(/\s+/);
  const parameters = tryReadParameters(queryText) ?? [];
  if (parameters.some(([name]) => PRESIGNED.includes(name))) throw badAuthorization(TWICE, authorization);
  if (!TYPES.includes(type)) throw badAuthorization('Unsupported Authorization Type', authorization);
  if (presentation.kind === 'malformed' && presentation.reason === UNDATED)
    throw new AwsError(403, 'AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header');
}

const TWICE =
  'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified';

function badAuthorization(message: string, authorization: string): AwsError {
  const fields = { ArgumentName: 'Authorization', ArgumentValue: authorization };
  return new AwsError(400, 'InvalidArgument', message, fields);
}
