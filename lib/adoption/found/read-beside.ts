import type { ControlPlane } from '../../aws/control-plane';
import type { OwnedBucket } from '../../verify/operator/live/live-environment';
import { mapRead, orWhenAbsent, type Read, readPages } from '../../verify/operator/live/read';
import type { Found } from './found';

type S3 = ControlPlane['s3'];
type Texts = Read<readonly string[]>;

/** Reads the settings that neither the stack nor anything else of an adoption is about. */
export async function readBeside(s3: S3, bucket: OwnedBucket): Promise<Found['beside']> {
  const [cors, acceleration, tiering, analytics, metrics] = await Promise.all([
    readCors(s3, bucket),
    readAcceleration(s3, bucket),
    readTiering(s3, bucket),
    readAnalytics(s3, bucket),
    readMetrics(s3, bucket),
  ]);
  return { cors, acceleration, 'intelligent-tiering': tiering, analytics, metrics };
}

async function readCors(s3: S3, bucket: OwnedBucket): Promise<Texts> {
  const read = { call: 'GetBucketCors', answer: await s3.getBucketCors(bucket) };
  const origins = mapRead(read, ({ CORSRules = [] }) =>
    CORSRules.map(
      ({ AllowedMethods = [], AllowedOrigins = [] }) => `${AllowedMethods.join(', ')} for ${AllowedOrigins.join(', ')}`,
    ),
  );
  return orWhenAbsent(origins, 'NoSuchCORSConfiguration', []);
}

/** Regions without acceleration answer that there is no such thing. */
async function readAcceleration(s3: S3, bucket: OwnedBucket): Promise<Texts> {
  const answer = await s3.getBucketAccelerateConfiguration(bucket);
  const read = mapRead({ call: 'GetBucketAccelerateConfiguration', answer }, ({ Status }) =>
    Status === 'Enabled' ? [Status] : [],
  );
  return orWhenAbsent(orWhenAbsent(read, 'MethodNotAllowed', []), 'UnsupportedArgument', []);
}

function readTiering(s3: S3, bucket: OwnedBucket): Promise<Texts> {
  return readPages(
    'ListBucketIntelligentTieringConfigurations',
    (token) => s3.listBucketIntelligentTieringConfigurations({ ...bucket, ...continuing(token) }),
    ({ IntelligentTieringConfigurationList: all = [], NextContinuationToken: next }) => ({
      items: all
        .filter(({ Status }) => Status === 'Enabled')
        .map(({ Id, Tierings = [] }) => {
          const tiers = Tierings.map(({ Days, AccessTier }) => `${AccessTier} after ${Days} days`);
          return `${Id}: ${tiers.join(', ')}`;
        }),
      next,
    }),
  );
}

function readAnalytics(s3: S3, bucket: OwnedBucket): Promise<Texts> {
  return readPages(
    'ListBucketAnalyticsConfigurations',
    (token) => s3.listBucketAnalyticsConfigurations({ ...bucket, ...continuing(token) }),
    ({ AnalyticsConfigurationList: all = [], NextContinuationToken: next }) => ({
      items: all.map(({ Id = '', StorageClassAnalysis }) => {
        const to = StorageClassAnalysis?.DataExport?.Destination?.S3BucketDestination?.Bucket;
        return to === undefined ? Id : `${Id} to ${to}`;
      }),
      next,
    }),
  );
}

function readMetrics(s3: S3, bucket: OwnedBucket): Promise<Texts> {
  return readPages(
    'ListBucketMetricsConfigurations',
    (token) => s3.listBucketMetricsConfigurations({ ...bucket, ...continuing(token) }),
    ({ MetricsConfigurationList: all = [], NextContinuationToken: next }) => ({
      items: all.map(({ Id = '' }) => Id),
      next,
    }),
  );
}

function continuing(token: string | undefined): { readonly ContinuationToken?: string } {
  return token === undefined ? {} : { ContinuationToken: token };
}
