import type { Finding } from './audit-report';

/** The finding's id without its rule: what a waiver calls the resource, and an `accept` entry the loss. */
export function findingPlace({ id, rule }: Pick<Finding, 'id' | 'rule'>): string {
  return id.slice(rule.length + 1);
}
