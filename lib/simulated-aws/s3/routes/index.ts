import { ACCESS_ROUTES } from './access-routes';
import { ANALYSIS_ROUTES } from './analysis-routes';
import { BUCKET_ROUTES, preflightRoutes } from './bucket-routes';
import { CONTROL_ROUTES } from './control-routes';
import { DELIVERY_ROUTES } from './delivery-routes';
import { LISTING_ROUTES } from './listing-routes';
import { MULTIPART_ROUTES } from './multipart-routes';
import { OBJECT_ROUTES } from './object-routes';
import { OBJECT_SUBRESOURCE_ROUTES } from './object-subresource-routes';
import { PROTECTION_ROUTES } from './protection-routes';
import type { Route } from './route';

/** Every operation that is simulated. */
export const ROUTES: readonly Route[] = [
  ...BUCKET_ROUTES,
  ...ACCESS_ROUTES,
  ...PROTECTION_ROUTES,
  ...DELIVERY_ROUTES,
  ...ANALYSIS_ROUTES,
  ...LISTING_ROUTES,
  ...OBJECT_ROUTES,
  ...OBJECT_SUBRESOURCE_ROUTES,
  ...MULTIPART_ROUTES,
  ...preflightRoutes,
  ...CONTROL_ROUTES,
];
