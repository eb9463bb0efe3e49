import type { StackOutputVersion1 } from './schema';

/** A document of version 1 as one of version 2: the host, which was an EC2 instance, has a place of its own. */
export function upgradeVersion1<Document extends StackOutputVersion1>({ aws, ...document }: Document) {
  const { instanceProfileArn, ...others } = aws;
  return { ...document, version: 2 as const, aws: others, host: { kind: 'ec2' as const, instanceProfileArn } };
}

/** Whether a document says that it is of version 1, whatever else is in it. */
export function isVersion1(document: unknown): document is StackOutputVersion1 {
  if (typeof document !== 'object' || document === null || !('version' in document)) return false;
  return document.version === 1 && 'aws' in document;
}
