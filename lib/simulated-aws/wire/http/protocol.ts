/** The protocol of a service, which decides how errors are named and written. */
export type Protocol = 'rest-xml' | 'rest-json' | 'query' | 'json';

const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  s3: 'rest-xml',
  iam: 'query',
  sts: 'query',
  kms: 'json',
  rolesanywhere: 'rest-json',
};

/** The protocol that a service speaks; for a service that is not simulated, the one that the request seems to speak. */
export function protocolOf(
  service: string | undefined,
  request: { readonly headers: Readonly<Record<string, string>>; readonly queryText: string },
): Protocol {
  return PROTOCOLS[service ?? ''] ?? guessProtocol(request);
}

function guessProtocol({ headers, queryText }: Parameters<typeof protocolOf>[1]): Protocol {
  if (headers['x-amz-target'] !== undefined) {
    return 'json';
  }
  if (headers['x-amz-x509'] !== undefined) {
    return 'rest-json';
  }
  const isForm = (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  return isForm || /(?:^|&)Action=[A-Za-z]/.test(queryText) ? 'query' : 'rest-xml';
}
