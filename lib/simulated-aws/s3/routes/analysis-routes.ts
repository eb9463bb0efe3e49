import { listConfigurations, missingConfiguration } from '../buckets/listed-configuration';
import type { Route } from './route';

/** Kinds of configurations that a bucket has many of, each under an id: name, sub-resource, root of the listing. */
const kinds: readonly (readonly [kind: string, subresource: string, listRoot: string])[] = [
  ['Analytics', 'analytics', 'ListBucketAnalyticsConfigurationResult'],
  ['IntelligentTiering', 'intelligent-tiering', 'ListBucketIntelligentTieringConfigurationsOutput'],
  ['Inventory', 'inventory', 'ListInventoryConfigurationsResult'],
  ['Metrics', 'metrics', 'ListMetricsConfigurationsResult'],
];

/**
 * Operations on the configurations that say what is counted and reported of a bucket.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketAnalyticsConfigurations.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketIntelligentTieringConfigurations.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketInventoryConfigurations.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketMetricsConfigurations.html
 */
export const analysisRoutes: readonly Route[] = kinds.flatMap(([kind, subresource, listRoot]) => {
  const one = { target: 'bucket', selectors: [subresource, 'id'], run: missingConfiguration } as const;
  return [
    {
      operation: `ListBucket${kind}Configurations`,
      target: 'bucket',
      method: 'GET',
      selectors: [subresource],
      query: ['continuation-token'],
      run: listConfigurations(listRoot),
    },
    { operation: `GetBucket${kind}Configuration`, method: 'GET', ...one },
    { operation: `DeleteBucket${kind}Configuration`, method: 'DELETE', ...one },
  ];
});
