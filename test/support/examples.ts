import { join } from 'node:path';
import type { Environment } from '../../lib/config/environment';
import { loadEnvironments } from '../../lib/config/load';

export const EXAMPLES = join(__dirname, '..', '..', 'environments');
export const FIXTURES = join(__dirname, '..', 'fixtures', 'environments');

export function loadExample(folder: string, name: string): Environment {
  const [environment] = loadEnvironments({ folder, names: [name] });
  if (environment === undefined) throw new Error(`no environment '${name}'`);
  return environment;
}
