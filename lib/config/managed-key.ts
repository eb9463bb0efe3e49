import type { Environment } from './environment';

/** Whether the stack manages the key in use: it creates it, or takes over the one that the file names. */
export function managesKeyInUse({ adopt, encryption }: Pick<Environment, 'adopt' | 'encryption'>): boolean {
  return encryption.method === 'AWS-KMS' && (encryption.key === undefined || adopt.includes('key'));
}
