import { preflight } from '../cors/preflight';
import type { Route } from './route';

/** What a browser asks before the page of another origin may send a request. */
export const preflightRoutes: readonly Route[] = (['bucket', 'object'] as const).map((target) => ({
  operation: 'OptionsObject',
  target,
  method: 'OPTIONS',
  isPreflight: true,
  run: preflight,
}));
