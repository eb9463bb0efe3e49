import type { S3Operation } from '../request/request';
import type { Route } from './route';

/** An operation on a configuration of a bucket: name, sub-resource, what answers, further headers. */
export type ConfigurationRow = readonly [
  operation: string,
  subresource: string,
  run: S3Operation,
  headers?: readonly string[],
];

/** The row as a route; the method follows from the name. */
export function configurationRoute([operation, subresource, run, headers = []]: ConfigurationRow): Route {
  return {
    operation,
    target: 'bucket',
    method: methodOf(operation),
    selectors: [subresource],
    headers,
    run,
  };
}

/** `GET`, `PUT` or `DELETE`, by the verb that AWS's name begins with. */
export function methodOf(operation: string): 'GET' | 'PUT' | 'DELETE' {
  if (operation.startsWith('Get')) return 'GET';
  if (operation.startsWith('Put')) return 'PUT';
  if (operation.startsWith('Delete')) return 'DELETE';
  throw new Error(`${operation} begins with neither Get, Put nor Delete: its route has to be written out`);
}
