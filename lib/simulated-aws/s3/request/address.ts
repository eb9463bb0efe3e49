import { notImplemented } from '../../wire/http/aws-error';
import { s3Error } from './errors';

type Headers = Readonly<Record<string, string>>;

/** The target of a request; `control` is S3 Control, which tags resources by ARN, and answers for a whole account. */
export type Target = 'service' | 'bucket' | 'object' | 'control';

/** The bucket and key that the host and the path of a request point at. */
export interface Address {
  readonly target: Target;
  readonly bucketName: string;
  /** The object's key; for `control`, the ARN of the resource, or the name of the access point. */
  readonly key: string;
  /** The kind of thing that S3 Control is asked about, as its path says; only for `control`. */
  readonly subject?: ControlSubject;
}

/** Each with its path. */
export type ControlSubject =
  | 'tags'
  | 'configuration/publicAccessBlock'
  | 'accesspoint'
  | 'accesspoint/policy'
  | 'mrap/instances';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_AWS_S3_Control.html */
const CONTROL_PATH = /^\/v20180820\/([^/].*)$/;
/** Subjects whose path names one thing. */
const NAMED_SUBJECTS = [
  ['tags', /^tags\/(.+)$/],
  ['accesspoint/policy', /^accesspoint\/([^/]+)\/policy$/],
] as const;
const OF_THE_ACCOUNT = ['configuration/publicAccessBlock', 'accesspoint', 'mrap/instances'] as const;

/** Whether a request is for S3 Control: each of its requests names an account, whatever host it was sent to. */
export function isOfControl({ headers, path }: Readonly<{ headers: Headers; path: string }>): boolean {
  return headers['x-amz-account-id'] !== undefined && CONTROL_PATH.test(path);
}

/** `s3.<region>.amazonaws.com` and its variants, with a bucket before it or without; also under `localhost`. */
const SERVICE_HOST = /^(?:(.+)\.)?s3(?:[.-][a-z0-9-]+){0,3}\.(?:amazonaws\.com(?:\.cn)?|localhost)$/;
const LOCAL_BUCKET_HOST = /^(.+)\.localhost$/;

/** The bucket that a virtual-host style host names; empty for a path-style one. */
export function bucketOfHost(hostHeader: string): string {
  const host = hostHeader.toLowerCase().replace(/:\d+$/, '');
  const service = SERVICE_HOST.exec(host);
  if (service) return service[1] ?? '';
  return LOCAL_BUCKET_HOST.exec(host)?.[1] ?? '';
}

/** Whether a host names the region that it belongs to: those of the first days, without one, lead to every bucket. */
export function namesRegion(hostHeader: string): boolean {
  return /(?:^|\.)s3(?:\.dualstack)?[.-][a-z]+(?:-[a-z]+)+-\d\./.test(hostHeader.toLowerCase());
}

/**
 * Reads bucket and key from host and path.
 *
 * @throws {AwsError} `InvalidURI`, when the percent-encoding is broken; `NotImplemented` for what S3 Control has besides
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function readAddress(headers: Headers, path: string): Address {
  if (isOfControl({ headers, path })) return pointToSubject(CONTROL_PATH.exec(path)?.[1] ?? '');
  const bucketName = bucketOfHost(headers.host ?? '');
  const rest = path.replace(/^\//, '');
  if (bucketName !== '') return pointTo(bucketName, decode(rest));
  const slash = rest.indexOf('/');
  return slash < 0 ? pointTo(decode(rest), '') : pointTo(decode(rest.slice(0, slash)), decode(rest.slice(slash + 1)));
}

function pointToSubject(path: string): Address {
  const named = NAMED_SUBJECTS.find(([, pattern]) => pattern.test(path));
  const subject = named?.[0] ?? OF_THE_ACCOUNT.find((one) => one === path);
  if (subject === undefined) throw notImplemented(`'${path}' of S3 Control`);
  return { target: 'control', bucketName: '', key: decode(named?.[1].exec(path)?.[1] ?? ''), subject };
}

function pointTo(bucketName: string, key: string): Address {
  if (bucketName === '') return { target: 'service', bucketName, key };
  return { target: key === '' ? 'bucket' : 'object', bucketName, key };
}

/** Percent-decodes a path; a plus sign stands for itself. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw s3Error('InvalidURI', { URI: text });
  }
}
