import { AwsError } from '../../wire/http/aws-error';
import { emptyResponse, type S3Operation, type S3Request } from '../request/request';
import { corsHeaders, matchingRule } from './cors-rule';
import { requestedHeaders } from './response-headers';

const NOT_ALLOWED =
  "This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";

/**
 * Tells a browser whether a page may send a request. It asks without a signature, so no policy is asked.
 *
 * @throws {AwsError} `BadRequest` without an origin, `AccessForbidden`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors-troubleshooting.html
 */
export const preflight: S3Operation = (request) => {
  const { origin, 'access-control-request-method': method } = request.headers;
  if (!origin) throw badRequest('Insufficient information. Origin request header needed.');
  const bucket = request.call.account.s3.buckets.get(request.bucketName);
  if (!bucket) throw forbidden(request, 'BUCKET', 'Bucket not found');
  const configuration = bucket.documents.get('CORSConfiguration');
  if (!configuration) throw forbidden(request, 'BUCKET', 'CORS is not enabled for this bucket.');
  if (method === undefined) throw badRequest('Invalid Access-Control-Request-Method: null');
  const asked = { origin, method, headers: requestedHeaders(request) };
  const rule = matchingRule(configuration, asked);
  if (!rule) throw forbidden(request, request.key === '' ? 'BUCKET' : 'OBJECT', NOT_ALLOWED);
  return emptyResponse(200, corsHeaders(rule, asked));
};

function badRequest(message: string): AwsError {
  return new AwsError(400, 'BadRequest', message);
}

function forbidden({ headers }: S3Request, resourceType: 'BUCKET' | 'OBJECT', reason: string): AwsError {
  return new AwsError(403, 'AccessForbidden', `CORSResponse: ${reason}`, {
    Method: headers['access-control-request-method'] ?? 'OPTIONS',
    ResourceType: resourceType,
  });
}
