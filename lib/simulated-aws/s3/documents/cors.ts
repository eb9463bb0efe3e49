import type { DocumentKind } from './read-document';
import { group, many, matching, naturalNumber, oneOrMore, text } from './shape';

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
