import { deleteConfiguration, getConfiguration, putConfiguration } from '../buckets/configuration';
import { checkLogging, checkRequestPayment } from '../buckets/document-checks';
import { deleteBucketTagging, getBucketTagging, putBucketTagging } from '../buckets/tagging';
import * as documents from '../documents/bucket-documents';
import { websiteConfiguration } from '../documents/website';
import { type ConfigurationRow, configurationRoute } from './configuration-route';
import type { Route } from './route';

const rows: readonly ConfigurationRow[] = [
  ['GetBucketTagging', 'tagging', 's3:GetBucketTagging', getBucketTagging],
  ['PutBucketTagging', 'tagging', 's3:PutBucketTagging', putBucketTagging],
  ['DeleteBucketTagging', 'tagging', 's3:PutBucketTagging', deleteBucketTagging],
  ['GetBucketLogging', 'logging', 's3:GetBucketLogging', getConfiguration('BucketLoggingStatus', { content: {} })],
  ['PutBucketLogging', 'logging', 's3:PutBucketLogging', putConfiguration(documents.bucketLoggingStatus, checkLogging)],
  [
    'GetBucketCors',
    'cors',
    's3:GetBucketCORS',
    getConfiguration('CORSConfiguration', { error: 'NoSuchCORSConfiguration' }),
  ],
  ['PutBucketCors', 'cors', 's3:PutBucketCORS', putConfiguration(documents.corsConfiguration)],
  ['DeleteBucketCors', 'cors', 's3:PutBucketCORS', deleteConfiguration('CORSConfiguration')],
  [
    'GetBucketWebsite',
    'website',
    's3:GetBucketWebsite',
    getConfiguration('WebsiteConfiguration', { error: 'NoSuchWebsiteConfiguration' }),
  ],
  ['PutBucketWebsite', 'website', 's3:PutBucketWebsite', putConfiguration(websiteConfiguration)],
  ['DeleteBucketWebsite', 'website', 's3:DeleteBucketWebsite', deleteConfiguration('WebsiteConfiguration')],
  [
    'GetBucketAccelerateConfiguration',
    'accelerate',
    's3:GetAccelerateConfiguration',
    getConfiguration('AccelerateConfiguration', { content: {} }),
  ],
  [
    'PutBucketAccelerateConfiguration',
    'accelerate',
    's3:PutAccelerateConfiguration',
    putConfiguration(documents.accelerateConfiguration),
  ],
  [
    'GetBucketRequestPayment',
    'requestPayment',
    's3:GetBucketRequestPayment',
    getConfiguration('RequestPaymentConfiguration', { content: { Payer: 'BucketOwner' } }),
  ],
  [
    'PutBucketRequestPayment',
    'requestPayment',
    's3:PutBucketRequestPayment',
    putConfiguration(documents.requestPaymentConfiguration, checkRequestPayment),
  ],
  [
    'GetBucketNotificationConfiguration',
    'notification',
    's3:GetBucketNotification',
    getConfiguration('NotificationConfiguration', { content: {} }),
  ],
];

/** Operations on the configurations that say how a bucket is found, billed and reached. */
export const deliveryRoutes: readonly Route[] = rows.map(configurationRoute);
