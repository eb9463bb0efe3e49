/** IAM encodes documents as in a URL. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
export function decodeDocument(document = ''): string {
  return decodeURIComponent(document);
}
