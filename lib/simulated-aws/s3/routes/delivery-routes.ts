import { deleteConfiguration, getConfiguration, putConfiguration } from '../buckets/configuration';
import { checkAcceleration, checkRequestPayment } from '../buckets/document-checks';
import { checkLogging } from '../buckets/logging';
import { checkNotification } from '../buckets/notification';
import { deleteBucketTagging, getBucketTagging, putBucketTagging } from '../buckets/tagging';
import { checkWebsite } from '../buckets/website';
import { checkCors } from '../cors/check-cors';
import * as documents from '../documents/bucket-documents';
import { notificationConfiguration } from '../documents/notification';
import { corsConfiguration, websiteConfiguration } from '../documents/website';
import { type ConfigurationRow, configurationRoute } from './configuration-route';
import type { Route } from './route';

const ROWS: readonly ConfigurationRow[] = [
  ['GetBucketTagging', 'tagging', getBucketTagging],
  ['PutBucketTagging', 'tagging', putBucketTagging],
  ['DeleteBucketTagging', 'tagging', deleteBucketTagging],
  ['GetBucketLogging', 'logging', getConfiguration('BucketLoggingStatus', { content: {} })],
  ['PutBucketLogging', 'logging', putConfiguration(documents.bucketLoggingStatus, checkLogging)],
  ['GetBucketCors', 'cors', getConfiguration('CORSConfiguration', { error: 'NoSuchCORSConfiguration' })],
  ['PutBucketCors', 'cors', putConfiguration(corsConfiguration, checkCors)],
  ['DeleteBucketCors', 'cors', deleteConfiguration('CORSConfiguration')],
  ['GetBucketWebsite', 'website', getConfiguration('WebsiteConfiguration', { error: 'NoSuchWebsiteConfiguration' })],
  ['PutBucketWebsite', 'website', putConfiguration(websiteConfiguration, checkWebsite)],
  ['DeleteBucketWebsite', 'website', deleteConfiguration('WebsiteConfiguration')],
  ['GetBucketAccelerateConfiguration', 'accelerate', getConfiguration('AccelerateConfiguration', { content: {} })],
  [
    'PutBucketAccelerateConfiguration',
    'accelerate',
    putConfiguration(documents.accelerateConfiguration, checkAcceleration),
  ],
  [
    'GetBucketRequestPayment',
    'requestPayment',
    getConfiguration('RequestPaymentConfiguration', { content: { Payer: 'BucketOwner' } }),
  ],
  [
    'PutBucketRequestPayment',
    'requestPayment',
    putConfiguration(documents.requestPaymentConfiguration, checkRequestPayment),
  ],
  [
    'GetBucketNotificationConfiguration',
    'notification',
    getConfiguration('NotificationConfiguration', { content: {} }),
  ],
  [
    'PutBucketNotificationConfiguration',
    'notification',
    putConfiguration(notificationConfiguration, checkNotification),
    ['x-amz-skip-destination-validation'],
  ],
];

/** Operations on the configurations that say how a bucket is found, billed and reached. */
export const DELIVERY_ROUTES: readonly Route[] = ROWS.map(configurationRoute);
