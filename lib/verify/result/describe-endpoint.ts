import type { AnsweringEndpoint } from '../../aws/endpoint-log';

/** Who answered for one service, on one line. */
export function describeEndpoint({ service, url, address, issuer, isAws }: AnsweringEndpoint): string {
  const facts = [
    ...(isAws ? [] : ['not AWS by name']),
    ...(address === undefined ? [] : [`at ${address}`]),
    ...(issuer === undefined ? [] : [`certificate by ${issuer}`]),
  ];
  return `${service}: ${url}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`;
}
