import { childNamed, childrenNamed, childText, type XmlElement } from '../../wire/xml/xml-element';
import { invalidArgument, invalidRequest } from '../request/errors';
import type { Check } from './configuration';
import { type Refusal, refuse } from './refusals';

const MAX_ROUTING_RULES = 50;
const REDIRECT_CODES = ['301', '302', '303', '304', '305', '307', '308'];

const suffixOf = (website: XmlElement) => childText(childNamed(website, 'IndexDocument'), 'Suffix');
const routingRulesOf = (website: XmlElement) => childrenNamed(childNamed(website, 'RoutingRules'), 'RoutingRule');

const REFUSALS: readonly Refusal<XmlElement>[] = [
  [
    (website) => childNamed(website, 'RedirectAllRequestsTo') !== undefined && website.children.length > 1,
    () =>
      invalidArgument(
        'RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.',
        'RedirectAllRequestsTo',
        'not null',
      ),
  ],
  [
    (website) => childNamed(website, 'RedirectAllRequestsTo') === undefined && suffixOf(website) === undefined,
    () =>
      invalidArgument(
        'A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty',
        'IndexDocument',
        'null',
      ),
  ],
  [
    (website) => suffixOf(website) === '' || (suffixOf(website) ?? '').includes('/'),
    (website) =>
      invalidArgument('The IndexDocument Suffix is not well formed', 'IndexDocument', suffixOf(website) ?? ''),
  ],
  [
    (website) => routingRulesOf(website).length > MAX_ROUTING_RULES,
    (website) =>
      invalidRequest(
        `${routingRulesOf(website).length} routing rules provided, the number of routing rules in a website configuration is limited to ${MAX_ROUTING_RULES}.`,
      ),
  ],
];

const REDIRECT_REFUSALS: readonly Refusal<XmlElement | undefined>[] = [
  [
    (redirect) => ['ReplaceKeyWith', 'ReplaceKeyPrefixWith'].every((name) => childNamed(redirect, name) !== undefined),
    () => invalidRequest('You can only define ReplaceKeyPrefix or ReplaceKey but not both.'),
  ],
  [
    (redirect) => !REDIRECT_CODES.includes(childText(redirect, 'HttpRedirectCode') ?? '301'),
    (redirect) =>
      invalidRequest(
        `The provided HTTP redirect code (${childText(redirect, 'HttpRedirectCode')}) is not valid. Valid codes are 3XX except 300.`,
      ),
  ],
];

/**
 * A website is not served.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketWebsite.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Redirect.html
 */
export const checkWebsite: Check = (document) => {
  refuse(document, REFUSALS);
  for (const rule of routingRulesOf(document)) refuse(childNamed(rule, 'Redirect'), REDIRECT_REFUSALS);
  return document;
};
