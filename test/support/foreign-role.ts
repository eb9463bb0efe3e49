import type { Environment } from '../../lib/config/environment';
import { EXAMPLES, loadExample } from './examples';

const FOREIGN_ROLE = 'arn:aws:iam::444455556666:role/service/vault-instance';

/** An environment whose host has a role of another account. @param key - one that exists already */
export function foreignRoleEnvironment(key?: string): Environment {
  const { host, encryption, ...environment } = loadExample(EXAMPLES, 'existing-role');
  return {
    ...environment,
    encryption: { ...encryption, ...(key !== undefined && { key }) } as Environment['encryption'],
    host: { ...host, role: FOREIGN_ROLE } as Environment['host'],
  };
}
