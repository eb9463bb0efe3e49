import type { BackupEnvironment } from '../../lib/backup-environment';
import { instanceProfileOf } from '../../lib/hosts';

/** ARN of the instance profile of a config that is for an EC2 instance. */
export function instanceProfileIn({ environment, host }: BackupEnvironment): string {
  const arn = instanceProfileOf(host);
  if (arn === undefined) throw new Error(`'${environment}' is for a host of kind ${host.kind}`);
  return arn;
}
