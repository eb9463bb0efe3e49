import { InventoryOptionalField } from '@aws-sdk/client-s3';
import { type ErrorRow, rowsOf, type Sent, type SuccessRow, xml } from './row';

const argument = { code: 'InvalidArgument', status: 400, fields: ['ArgumentName', 'ArgumentValue'] };
const malformedXml = { code: 'MalformedXML', status: 400 };

const tiering = (tier: string, days: number): Sent => ({
  request: 'PUT /acme?intelligent-tiering&id=a',
  body: xml(
    'IntelligentTieringConfiguration',
    `<Id>a</Id><Status>Enabled</Status><Tiering><Days>${days}</Days><AccessTier>${tier}</AccessTier></Tiering>`,
  ),
});
const metrics = (id: string): Sent => ({
  request: `PUT /acme?metrics&id=${id}`,
  body: xml('MetricsConfiguration', `<Id>${id}</Id>`),
});
const inventory = (fields: readonly string[], bucket = 'arn:aws:s3:::b'): Sent => ({
  request: 'PUT /acme?inventory&id=a',
  body: xml(
    'InventoryConfiguration',
    `<Id>a</Id><IsEnabled>true</IsEnabled><Destination><S3BucketDestination><Bucket>${bucket}</Bucket><Format>CSV</Format></S3BucketDestination></Destination><IncludedObjectVersions>All</IncludedObjectVersions><OptionalFields>${fields.map((field) => `<Field>${field}</Field>`).join('')}</OptionalFields><Schedule><Frequency>Daily</Frequency></Schedule>`,
  ),
});

/** Longest inputs that are allowed where the errors below are. */
export const analysisSuccesses: readonly SuccessRow[] = [
  ...[tiering('ARCHIVE_ACCESS', 90), tiering('DEEP_ARCHIVE_ACCESS', 180), tiering('ARCHIVE_ACCESS', 730)].flatMap(
    (sent) =>
      rowsOf('PutBucketIntelligentTieringConfiguration', {
        ...sent,
        status: 200,
        needs: ['s3:PutIntelligentTieringConfiguration'],
      }),
  ),
  ...rowsOf('PutBucketMetricsConfiguration', {
    ...metrics(`A.b-c_${'1'.repeat(58)}`),
    status: 200,
    needs: ['s3:PutMetricsConfiguration'],
  }),
  ...rowsOf('PutBucketInventoryConfiguration', {
    ...inventory(Object.values(InventoryOptionalField)),
    status: 200,
    needs: ['s3:PutInventoryConfiguration'],
  }),
];

export const analysisErrors: readonly ErrorRow[] = [
  ...rowsOf<Omit<ErrorRow, 'operation'>>(
    'PutBucketIntelligentTieringConfiguration',
    { when: 'it archives after 89 days', ...tiering('ARCHIVE_ACCESS', 89), ...argument },
    { when: 'it archives deeply after 179 days', ...tiering('DEEP_ARCHIVE_ACCESS', 179), ...argument },
    { when: 'it archives after 731 days', ...tiering('DEEP_ARCHIVE_ACCESS', 731), ...argument },
  ),
  ...rowsOf<Omit<ErrorRow, 'operation'>>(
    'PutBucketMetricsConfiguration',
    { when: 'the id is too long', ...metrics('a'.repeat(65)), ...malformedXml },
    { when: 'the id has a tilde', ...metrics('a~b'), ...malformedXml },
  ),
  ...rowsOf<Omit<ErrorRow, 'operation'>>(
    'PutBucketInventoryConfiguration',
    { when: 'a field is unknown', ...inventory(['Colour']), ...malformedXml },
    {
      when: 'the bucket is not an ARN',
      ...inventory(['Size'], 'b'),
      code: 'InvalidS3DestinationBucket',
      status: 400,
    },
  ),
];
