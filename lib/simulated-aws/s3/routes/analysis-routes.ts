import { checkInventory, checkTierings } from '../buckets/analysis-checks';
import type { Check } from '../buckets/configuration';
import {
  deleteListedConfiguration,
  getListedConfiguration,
  listConfigurations,
  putListedConfiguration,
} from '../buckets/listed-configuration';
import {
  analyticsConfiguration,
  intelligentTieringConfiguration,
  inventoryConfiguration,
  metricsConfiguration,
} from '../documents/analysis';
import type { DocumentKind } from '../documents/read-document';
import type { Route } from './route';

/** Configurations that a bucket has many of, each under an id: document, name, sub-resource, root of the listing, checks. */
const KINDS: readonly (readonly [
  document: DocumentKind,
  name: string,
  subresource: string,
  listRoot: string,
  check?: Check,
])[] = [
  [analyticsConfiguration, 'Analytics', 'analytics', 'ListBucketAnalyticsConfigurationResult'],
  [
    intelligentTieringConfiguration,
    'IntelligentTiering',
    'intelligent-tiering',
    'ListBucketIntelligentTieringConfigurationsOutput',
    checkTierings,
  ],
  [inventoryConfiguration, 'Inventory', 'inventory', 'ListInventoryConfigurationsResult', checkInventory],
  [metricsConfiguration, 'Metrics', 'metrics', 'ListMetricsConfigurationsResult'],
];

/** Operations on the configurations that say what is counted and reported of a bucket. */
export const ANALYSIS_ROUTES: readonly Route[] = KINDS.flatMap(([document, name, subresource, listRoot, check]) => {
  const one = { target: 'bucket', selectors: [subresource, 'id'] } as const;
  return [
    {
      operation: `ListBucket${name}Configurations`,
      target: 'bucket',
      method: 'GET',
      selectors: [subresource],
      query: ['continuation-token'],
      run: listConfigurations(document, listRoot),
    },
    { operation: `GetBucket${name}Configuration`, method: 'GET', ...one, run: getListedConfiguration(document) },
    { operation: `PutBucket${name}Configuration`, method: 'PUT', ...one, run: putListedConfiguration(document, check) },
    {
      operation: `DeleteBucket${name}Configuration`,
      method: 'DELETE',
      ...one,
      run: deleteListedConfiguration(document),
    },
  ];
});
