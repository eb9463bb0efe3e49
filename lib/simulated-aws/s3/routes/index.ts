import { bucketRoutes } from './bucket-routes';
import { configurationRoutes } from './configuration-routes';
import { listingRoutes } from './listing-routes';
import { multipartRoutes } from './multipart-routes';
import { objectRoutes } from './object-routes';
import type { Route } from './route';

/** Every operation that is simulated. */
export const routes: readonly Route[] = [
  ...bucketRoutes,
  ...configurationRoutes,
  ...listingRoutes,
  ...objectRoutes,
  ...multipartRoutes,
];
