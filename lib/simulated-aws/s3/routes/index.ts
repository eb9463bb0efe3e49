import { accessRoutes } from './access-routes';
import { bucketRoutes } from './bucket-routes';
import { deliveryRoutes } from './delivery-routes';
import { listingRoutes } from './listing-routes';
import { multipartRoutes } from './multipart-routes';
import { objectRoutes } from './object-routes';
import { objectSubresourceRoutes } from './object-subresource-routes';
import { protectionRoutes } from './protection-routes';
import type { Route } from './route';

/** Every operation that is simulated. */
export const routes: readonly Route[] = [
  ...bucketRoutes,
  ...accessRoutes,
  ...protectionRoutes,
  ...deliveryRoutes,
  ...listingRoutes,
  ...objectRoutes,
  ...objectSubresourceRoutes,
  ...multipartRoutes,
];
