/** The protocol of a service, which decides how errors are named and written. */
export type Protocol = 'rest-xml' | 'query' | 'json';

const protocols: Readonly<Record<string, Protocol>> = { s3: 'rest-xml', iam: 'query', sts: 'query', kms: 'json' };

/** The protocol that a service speaks; for a service that is not simulated, the one that the request seems to speak. */
export function protocolOf(service: string | undefined, headers: Readonly<Record<string, string>>): Protocol {
  return protocols[service ?? ''] ?? guessProtocol(headers);
}

function guessProtocol(headers: Readonly<Record<string, string>>): Protocol {
  if (headers['x-amz-target'] !== undefined) {
    return 'json';
  }
  return (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded') ? 'query' : 'rest-xml';
}
