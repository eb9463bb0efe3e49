import type { ToldHost } from '../hosts';
import type { Capability } from '../policy/capabilities';
import type { EnvironmentKeys } from '../policy/identity-policies';
import { allowedActions, forbiddenActs } from '../policy/permission-profile';
import { bucketArn, roleArn, VERIFICATION_PREFIX } from '../policy/resource-names';
import type { PolicyTarget } from '../policy/target';

/** Version of the document that this output becomes. */
const VERSION = 2;

/** The parts that the output is made from. */
export interface BackupEnvironmentOutputProps extends PolicyTarget {
  readonly label: string;
  readonly encryption: { readonly method: 'AES-256' | 'AWS-KMS' };
  readonly capabilities: readonly Capability[];
  readonly otherBucket?: string | undefined;
  readonly objectLock?: { readonly mode: string; readonly retentionDays: number; readonly ended: boolean } | undefined;
}

/**
 * The stack's one output: `backup-environment.json` without its evidence, which only exists once the stack does.
 */
export function backupEnvironmentOutput(props: BackupEnvironmentOutputProps, keys: EnvironmentKeys, host: ToldHost) {
  const { current: keyArn, former = [] } = keys;
  const { objectLock, encryption } = props;
  return {
    version: VERSION,
    environment: props.name,
    form: {
      storageType: 'AWS S3',
      label: props.label,
      roleBasedControl: true,
      bucketName: props.bucket,
      encryption: encryption.method,
      ...(keyArn !== undefined && { masterKey: keyArn }),
    },
    aws: {
      account: props.account,
      partition: props.partition,
      region: props.region,
      bucketArn: bucketArn(props),
      ...(keyArn !== undefined && { keyArn }),
      ...(former.length > 0 && { formerKeyArns: former }),
      ...(objectLock &&
        !objectLock.ended && { objectLock: { mode: objectLock.mode, retentionDays: objectLock.retentionDays } }),
      bucketKey: keyArn !== undefined,
      roleArn: roleArn(props),
    },
    host,
    permissions: {
      capabilities: props.capabilities,
      allowed: allowedActions(props, props.capabilities, keys),
      forbidden: forbiddenActs(props, { method: encryption.method, objectLock }, props.capabilities),
      verificationPrefix: VERIFICATION_PREFIX,
      ...(props.otherBucket !== undefined && { otherBucket: props.otherBucket }),
    },
  };
}
