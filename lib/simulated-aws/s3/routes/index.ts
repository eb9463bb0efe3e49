import { accessRoutes } from './access-routes';
import { analysisRoutes } from './analysis-routes';
import { bucketRoutes } from './bucket-routes';
import { deliveryRoutes } from './delivery-routes';
import { listingRoutes } from './listing-routes';
import { multipartRoutes } from './multipart-routes';
import { objectRoutes } from './object-routes';
import { objectSubresourceRoutes } from './object-subresource-routes';
import { preflightRoutes } from './preflight-routes';
import { protectionRoutes } from './protection-routes';
import type { Route } from './route';

/** Every operation that is simulated. */
export const routes: readonly Route[] = [
  ...bucketRoutes,
  ...accessRoutes,
  ...protectionRoutes,
  ...deliveryRoutes,
  ...analysisRoutes,
  ...listingRoutes,
  ...objectRoutes,
  ...objectSubresourceRoutes,
  ...multipartRoutes,
  ...preflightRoutes,
];
