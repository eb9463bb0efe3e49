import type { Bucket } from '../../state/services/s3-state';
import { compareUtf8 } from '../../state/services/utf8-order';
import { buildElement, childText, type XmlElement } from '../../wire/xml/xml-element';
import { type DocumentKind, readDocument } from '../documents/read-document';
import { invalidArgument, s3Error } from '../request/errors';
import { elementResponse, emptyResponse, findBucket, type S3Operation, type S3Request } from '../request/request';
import type { Check } from './configuration';

const MAX_CONFIGURATIONS = 1000;
const MAX_PAGE = 100;

/**
 * Lists the configurations of one kind by their ids, a hundred to a page.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketMetricsConfigurations.html
 */
export function listConfigurations(kind: DocumentKind, listRoot: string): S3Operation {
  return (request) => {
    const token = request.query.get('continuation-token');
    const after = Buffer.from(token ?? '', 'base64').toString('utf8');
    const rest = configurationsOf(findBucket(request), kind).filter((one) => compareUtf8(idOf(one), after) > 0);
    const page = rest.slice(0, MAX_PAGE);
    const last = page.at(-1);
    const isTruncated = rest.length > page.length;
    const head = buildElement(listRoot, {
      IsTruncated: isTruncated,
      ContinuationToken: token,
      NextContinuationToken: isTruncated && last ? Buffer.from(idOf(last)).toString('base64') : undefined,
    });
    return elementResponse({ ...head, children: [...page, ...head.children] });
  };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketMetricsConfiguration.html */
export function getListedConfiguration(kind: DocumentKind): S3Operation {
  return (request) => elementResponse(requireConfiguration(request, kind));
}

/**
 * Keeps a configuration under its id; nothing is counted or reported by it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketMetricsConfiguration.html
 */
export function putListedConfiguration(kind: DocumentKind, check: Check = (document) => document): S3Operation {
  return (request) => {
    const bucket = findBucket(request);
    const read = readDocument(request, kind);
    const id = request.query.get('id') ?? '';
    if (idOf(read) !== id) throw invalidArgument('The id of the configuration is not the one in the query', 'id', id);
    const document = check(read, bucket, request);
    const isNew = !bucket.documents.has(nameOf(kind, id));
    if (isNew && configurationsOf(bucket, kind).length >= MAX_CONFIGURATIONS) throw s3Error('TooManyConfigurations');
    bucket.documents.set(nameOf(kind, id), document);
    return emptyResponse(200);
  };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketMetricsConfiguration.html */
export function deleteListedConfiguration(kind: DocumentKind): S3Operation {
  return (request) => {
    const id = idOf(requireConfiguration(request, kind));
    findBucket(request).documents.delete(nameOf(kind, id));
    return emptyResponse(204);
  };
}

/** @throws {AwsError} `NoSuchConfiguration` */
function requireConfiguration(request: S3Request, kind: DocumentKind): XmlElement {
  const { documents, name } = findBucket(request);
  const document = documents.get(nameOf(kind, request.query.get('id') ?? ''));
  if (!document) throw s3Error('NoSuchConfiguration', { BucketName: name });
  return document;
}

function configurationsOf({ documents }: Bucket, { root }: DocumentKind): readonly XmlElement[] {
  return [...documents.values()]
    .filter(({ name }) => name === root)
    .sort((left, right) => compareUtf8(idOf(left), idOf(right)));
}

function idOf(document: XmlElement): string {
  return childText(document, 'Id') ?? '';
}

/** Where it is among the bucket's documents, of which the others are there once. */
function nameOf({ root }: DocumentKind, id: string): string {
  return `${root} ${id}`;
}
