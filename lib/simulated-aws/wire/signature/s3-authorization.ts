import { AwsError } from '../http/aws-error';
import { tryReadParameters } from '../http/message';
import type { RawRequest } from '../http/raw-request';
import type { Presentation } from './presented-signature';
import { UNDATED } from './read-presentation';

/** What S3 knows by its name, whether it takes it or not. */
const TYPES: readonly string[] = ['AWS', 'AWS4-ECDSA-P256-SHA256', 'AWS4-HMAC-SHA256'];

/** The algorithms that S3 knows in the query of a presigned request, whether it takes them here or not. */
const QUERY_ALGORITHMS: readonly string[] = ['AWS4-ECDSA-P256-SHA256', 'AWS4-HMAC-SHA256'];

/** Parameters of a presigned request, of version 4 and of version 2. */
const PRESIGNED: readonly string[] = ['X-Amz-Algorithm', 'Signature'];

/**
 * Refuses an `Authorization` header, or the algorithm of a presigned request, as S3 alone does, before anything is made of what it says.
 *
 * @throws {AwsError} `InvalidArgument`, `AuthorizationQueryParametersError`; `AccessDenied`, where no time is told
 * @see https://github.com/versity/versitygw/issues/1512
 * @see https://github.com/catalyst/moodle-tool_objectfs/issues/303
 * @see https://github.com/hubrick/vertx-s3-client/issues/5
 * @see https://github.com/versity/versitygw/issues/1540
 */
export function requireS3Authorization({ headers, queryText }: RawRequest, presentation: Presentation): void {
  const { authorization } = headers;
  if (presentation.kind === 'anonymous') return;
  const parameters = tryReadParameters(queryText) ?? [];
  if (authorization === undefined) {
    requireKnownAlgorithm(new Map(parameters).get('X-Amz-Algorithm'));
    return;
  }
  const [type = ''] = authorization.trim().split(/\s+/);
  if (parameters.some(([name]) => PRESIGNED.includes(name))) throw badAuthorization(TWICE, authorization);
  if (!TYPES.includes(type)) throw badAuthorization('Unsupported Authorization Type', authorization);
  if (presentation.kind === 'malformed' && presentation.reason === UNDATED)
    throw new AwsError(403, 'AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header');
}

function requireKnownAlgorithm(algorithm: string | undefined): void {
  if (algorithm === undefined || QUERY_ALGORITHMS.includes(algorithm)) return;
  const message = 'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"';
  throw new AwsError(400, 'AuthorizationQueryParametersError', message);
}

const TWICE =
  'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified';

function badAuthorization(message: string, authorization: string): AwsError {
  const fields = { ArgumentName: 'Authorization', ArgumentValue: authorization };
  return new AwsError(400, 'InvalidArgument', message, fields);
}
