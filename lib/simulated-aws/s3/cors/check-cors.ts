import { childrenNamed } from '../../wire/xml/xml-element';
import type { Check } from '../buckets/configuration';
import { invalidRequest } from '../request/errors';

const MAX_RULES = 100;
const METHODS = ['GET', 'PUT', 'HEAD', 'POST', 'DELETE'];

/**
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CORSConfiguration.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CORSRule.html
 */
export const checkCors: Check = (document) => {
  const rules = childrenNamed(document, 'CORSRule');
  if (rules.length > MAX_RULES) {
    throw invalidRequest(`The number of CORS rules should not exceed allowed limit of ${MAX_RULES} rules.`);
  }
  for (const rule of rules) {
    for (const { text } of childrenNamed(rule, 'AllowedMethod')) requireMethod(text);
    for (const { text } of childrenNamed(rule, 'AllowedOrigin')) requireOneWildcard('AllowedOrigin', text);
    for (const { text } of childrenNamed(rule, 'AllowedHeader')) requireOneWildcard('AllowedHeader', text);
  }
  return document;
};

function requireMethod(method: string): void {
  if (METHODS.includes(method)) return;
  throw invalidRequest(`Found unsupported HTTP method in CORS config. Unsupported method is ${method}`);
}

function requireOneWildcard(element: string, pattern: string): void {
  if (pattern.split('*').length <= 2) return;
  throw invalidRequest(`${element} "${pattern}" can not have more than one wildcard.`);
}
