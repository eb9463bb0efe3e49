import { AwsError } from '../../wire/http/aws-error';

type Fields = Readonly<Record<string, string>>;

/**
 * The errors of S3 that depend on nothing but their subject, by code: status and message.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
const CATALOGUE = {
  AccessControlListNotSupported: [400, 'The bucket does not allow ACLs'],
  AccessDenied: [403, 'Access Denied'],
  BucketAlreadyExists: [
    409,
    'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
  ],
  BucketAlreadyOwnedByYou: [409, 'Your previous request to create the named bucket succeeded and you already own it.'],
  BucketNotEmpty: [409, 'The bucket you tried to delete is not empty'],
  EntityTooSmall: [400, 'Your proposed upload is smaller than the minimum allowed size'],
  IllegalLocationConstraintException: [
    400,
    'The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.',
  ],
  InvalidBucketAclWithObjectOwnership: [
    400,
    "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
  ],
  InvalidBucketName: [400, 'The specified bucket is not valid.'],
  InvalidBucketState: [
    409,
    'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.',
  ],
  InvalidDigest: [400, 'The Content-MD5 you specified was invalid.'],
  InvalidLocationConstraint: [400, 'The specified location-constraint is not valid'],
  InvalidPart: [
    400,
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
  ],
  InvalidPartOrder: [400, 'The list of parts was not in ascending order. Parts must be ordered by part number.'],
  InvalidRange: [416, 'The requested range is not satisfiable'],
  InvalidStorageClass: [400, 'The storage class you specified is not valid'],
  InvalidURI: [400, "Couldn't parse the specified URI."],
  KeyTooLongError: [400, 'Your key is too long'],
  MalformedXML: [400, 'The XML you provided was not well-formed or did not validate against our published schema'],
  MetadataTooLarge: [400, 'Your metadata headers exceed the maximum allowed metadata size'],
  MethodNotAllowed: [405, 'The specified method is not allowed against this resource.'],
  NoSuchBucket: [404, 'The specified bucket does not exist'],
  NoSuchBucketPolicy: [404, 'The bucket policy does not exist'],
  NoSuchConfiguration: [404, 'The specified configuration does not exist.'],
  NoSuchCORSConfiguration: [404, 'The CORS configuration does not exist'],
  NoSuchKey: [404, 'The specified key does not exist.'],
  NoSuchLifecycleConfiguration: [404, 'The lifecycle configuration does not exist'],
  NoSuchObjectLockConfiguration: [404, 'The specified object does not have a ObjectLock configuration'],
  NoSuchAccessPoint: [404, 'The specified accesspoint does not exist'],
  NoSuchAccessPointPolicy: [404, 'The specified accesspoint policy does not exist'],
  NoSuchPublicAccessBlockConfiguration: [404, 'The public access block configuration was not found'],
  NoSuchTagSet: [404, 'The TagSet does not exist'],
  NoSuchUpload: [
    404,
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
  ],
  NoSuchVersion: [404, 'The specified version does not exist.'],
  NoSuchWebsiteConfiguration: [404, 'The specified bucket does not have a website configuration'],
  ObjectNotInActiveTierError: [
    403,
    'The source object of the COPY action is not in the active tier and is only stored in Amazon S3 Glacier.',
  ],
  ObjectLockConfigurationNotFoundError: [404, 'Object Lock configuration does not exist for this bucket'],
  OwnershipControlsNotFoundError: [404, 'The bucket ownership controls were not found'],
  PermanentRedirect: [
    301,
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
  ],
  PreconditionFailed: [412, 'At least one of the pre-conditions you specified did not hold'],
  ReplicationConfigurationNotFoundError: [404, 'The replication configuration was not found'],
  RequestHeaderSectionTooLarge: [400, 'Your request header section exceeds the maximum allowed size.'],
  TooManyConfigurations: [
    400,
    'You are attempting to create a new configuration but have already reached the 1,000-configuration limit.',
  ],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;

export type S3ErrorCode = keyof typeof CATALOGUE;

/** The error of that code with AWS's status and message. */
export function s3Error(code: S3ErrorCode, fields: Fields = {}, headers: Fields = {}): AwsError {
  const [status, message] = CATALOGUE[code];
  return new AwsError(status, code, message, fields, headers);
}

/** `AccessDenied` that no policy decided. @param reason - for the request log, since S3 does not tell it */
export function deniedBecause(reason: string): AwsError {
  const [status, message] = CATALOGUE.AccessDenied;
  return new AwsError(status, 'AccessDenied', message, {}, {}, reason);
}

/**
 * `AccessDenied` where Object Lock keeps a version, whatever policies say.
 *
 * @see https://github.com/versity/versitygw/issues/1330
 */
export function keptByLock(): AwsError {
  return new AwsError(403, 'AccessDenied', 'Access Denied because object protected by object lock.');
}

/** `InvalidArgument`: the message says what is wrong with the argument that is named. */
export function invalidArgument(message: string, name: string, value: string): AwsError {
  return new AwsError(400, 'InvalidArgument', message, { ArgumentName: name, ArgumentValue: value });
}

/** `InvalidRequest`: what was sent does not fit together. */
export function invalidRequest(message: string, fields: Fields = {}): AwsError {
  return new AwsError(400, 'InvalidRequest', message, fields);
}

/** `BadDigest`: the bytes that arrived are not those that were announced. */
export function badDigest(what: string): AwsError {
  return new AwsError(400, 'BadDigest', `The ${what} you specified did not match the calculated checksum.`);
}

/** `MalformedXML`, which S3 sends without a hint of where. */
export function malformedXml(): AwsError {
  return s3Error('MalformedXML');
}

/** At a host that leads to the bucket's own region, where the signature is not good. */
export function wrongRegion(got: string, expected: string): AwsError {
  const message = `The authorization header is malformed; the region '${got}' is wrong; expecting '${expected}'`;
  const headers = { 'x-amz-bucket-region': expected };
  return new AwsError(400, 'AuthorizationHeaderMalformed', message, { Region: expected }, headers);
}

/**
 * Refuses an expected owner that cannot be an account.
 *
 * @throws {AwsError} `InvalidBucketOwnerAWSAccountID`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 * @see https://github.com/grafana/loki/issues/15382
 */
export function requireAccountId(expected: string): void {
  if (/^\w{12}$/.test(expected)) return;
  const message = `The value of the expected bucket owner parameter must be an AWS Account ID... [${expected}]`;
  throw new AwsError(400, 'InvalidBucketOwnerAWSAccountID', message);
}
