import type { DocumentKind } from './read-document';
import { group, many, matching, nonEmptyText, oneOrMore, required, text } from './shape';

const filter = group({
  S3Key: group({ FilterRule: many(group({ Name: required(matching(/^(prefix|suffix)$/i)), Value: required(text) })) }),
});

function destination(name: string) {
  return many(group({ Id: text, [name]: required(nonEmptyText), Event: oneOrMore(nonEmptyText), Filter: filter }));
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html */
export const notificationConfiguration: DocumentKind = {
  root: 'NotificationConfiguration',
  shape: group({
    TopicConfiguration: destination('Topic'),
    QueueConfiguration: destination('Queue'),
    CloudFunctionConfiguration: destination('CloudFunction'),
    EventBridgeConfiguration: group({}),
  }),
};
