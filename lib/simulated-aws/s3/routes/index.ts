import { bucketRoutes } from './bucket-routes';
import { configurationRoutes } from './configuration-routes';
import type { Route } from './route';

/** Every operation that is simulated. */
export const routes: readonly Route[] = [...bucketRoutes, ...configurationRoutes];
