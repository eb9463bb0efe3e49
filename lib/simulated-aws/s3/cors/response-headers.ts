import { AwsError } from '../../wire/http/aws-error';
import type { WireResponse } from '../../wire/http/message';
import type { S3Request } from '../request/request';
import { corsHeaders, matchingRule } from './cors-rule';

/** The header names of `Access-Control-Request-Headers`, in lower case. */
export function requestedHeaders({ headers }: S3Request): readonly string[] {
  return (headers['access-control-request-headers'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
}

/**
 * Answers, and adds what lets the page of another origin see the answer, also when it is an error. A request that no
 * rule allows is answered all the same: it is the browser that keeps it from the page.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html
 */
export function withCorsHeaders(request: S3Request, answer: () => WireResponse): WireResponse {
  try {
    const response = answer();
    return { ...response, headers: { ...response.headers, ...headersFor(request) } };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const headers = { ...error.headers, ...headersFor(request) };
    throw new AwsError(error.status, error.code, error.message, error.fields, headers);
  }
}

function headersFor(request: S3Request): Readonly<Record<string, string>> {
  const configuration = request.call.account.s3.buckets.get(request.bucketName)?.documents.get('CORSConfiguration');
  if (!configuration) return {};
  const { origin = '', 'access-control-request-method': method = request.call.request.method } = request.headers;
  const asked = { origin, method, headers: requestedHeaders(request) };
  const rule = matchingRule(configuration, asked);
  return rule ? corsHeaders(rule, asked) : {};
}
