import type { Environment } from '../../lib/config/environment';
import { FIXTURES, loadExample } from './examples';

/** An environment whose host has a role of another account. @param key - one that exists already */
export function foreignRoleEnvironment(key?: string): Environment {
  const { encryption, ...environment } = loadExample(FIXTURES, 'foreign-role');
  return {
    ...environment,
    encryption: { ...encryption, ...(key !== undefined && { key }) } as Environment['encryption'],
  };
}
