import type { DocumentKind } from './read-document';
import { group, many, matching, naturalNumber, nonEmptyText, oneOf, oneOrMore, required, text } from './shape';

const protocol = oneOf('http', 'https');

const routingRule = group({
  Condition: group({ HttpErrorCodeReturnedEquals: text, KeyPrefixEquals: text }),
  Redirect: required(
    group({
      HostName: text,
      HttpRedirectCode: matching(/^\d+$/),
      Protocol: protocol,
      ReplaceKeyPrefixWith: text,
      ReplaceKeyWith: text,
    }),
  ),
});

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketWebsite.html */
export const websiteConfiguration: DocumentKind = {
  root: 'WebsiteConfiguration',
  shape: group({
    ErrorDocument: group({ Key: required(nonEmptyText) }),
    IndexDocument: group({ Suffix: required(text) }),
    RedirectAllRequestsTo: group({ HostName: required(nonEmptyText), Protocol: protocol }),
    RoutingRules: group({ RoutingRule: many(routingRule) }),
  }),
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html */
export const corsConfiguration: DocumentKind = {
  root: 'CORSConfiguration',
  shape: group({
    CORSRule: oneOrMore(
      group({
        ID: matching(/^.{0,255}$/s),
        AllowedHeader: many(text),
        AllowedMethod: oneOrMore(text),
        AllowedOrigin: oneOrMore(text),
        ExposeHeader: many(text),
        MaxAgeSeconds: naturalNumber,
      }),
    ),
  }),
};
