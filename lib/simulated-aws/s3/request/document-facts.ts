import type { DocumentFacts, S3RequestFacts } from '../../../request-model';
import type { AccountState } from '../../state/account-state';
import { readXml } from '../../wire/xml/xml';
import { childNamed, childText, type XmlElement } from '../../wire/xml/xml-element';
import type { S3Request } from './request';
import { tagsOf } from './tags';

/** The part of its document that each operation shows to conditions. */
const READERS: Readonly<Record<string, (document: XmlElement, account: AccountState) => DocumentFacts>> = {
  CreateBucket: (document) => ({
    ...tags(childNamed(document, 'Tags')),
    ...present('locationConstraint', childText(document, 'LocationConstraint')),
  }),
  PutObjectTagging: (document) => tags(childNamed(document, 'TagSet')),
  TagResource: (document) => tags(childNamed(document, 'Tags')),
  PutObjectRetention: (document) => ({
    ...present('retentionMode', childText(document, 'Mode')),
    ...present('retainUntil', childText(document, 'RetainUntilDate')),
  }),
  PutBucketReplication: (document, { iam }) => {
    const arn = childText(document, 'Role') ?? '';
    const role = [...iam.roles.values()].find((one) => one.arn === arn);
    return isRoleArn(arn) ? { replicationRole: { arn, tags: Object.fromEntries(role?.tags ?? []) } } : {};
  },
  PutObjectLegalHold: (document) => present('legalHold', childText(document, 'Status')),
};

export function isRoleArn(text: string): boolean {
  return /^arn:[\w-]+:iam::\d{12}:role\/./.test(text);
}

/** Whether conditions may depend on the document in the body. */
export function readsDocument(operation: string): boolean {
  return Object.hasOwn(READERS, operation);
}

/**
 * The facts in the body's document.
 *
 * A document that cannot be read says nothing: that it is malformed is said after access is decided.
 */
export function documentFacts({ operation, call }: S3Request): Pick<S3RequestFacts, 'document'> {
  const reader = READERS[operation];
  const document = reader && tryReadXml(call.request.body);
  return reader && document ? { document: reader(document, call.account) } : {};
}

function tags(tagSet: XmlElement | undefined): DocumentFacts {
  return { tags: Object.fromEntries(tagsOf(tagSet)) };
}

function present(
  fact: Exclude<keyof DocumentFacts, 'tags' | 'replicationRole'>,
  text: string | undefined,
): DocumentFacts {
  return text === undefined ? {} : { [fact]: text };
}

function tryReadXml(body: Buffer): XmlElement | undefined {
  try {
    return readXml(body);
  } catch {
    return undefined;
  }
}
