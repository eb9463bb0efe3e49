import type { BackupEnvironment } from '../../backup-environment/schema';
import { CAPABILITIES } from '../../policy/capabilities';
import { allowedActions, forbiddenActs } from '../../policy/permission-profile';
import type { PolicyTarget } from '../../policy/target';
import { type Selection, selectChecks } from './selection';

/**
 * Ids of the checks that an environment like this one calls for and the config does not ask for.
 *
 * A config that was cut by hand would else pass with what is left of it.
 */
export function notAskedOf(config: BackupEnvironment, { positives, negatives, leftOut }: Selection): readonly string[] {
  const asked = new Set([...positives, ...negatives].map(({ id }) => id).concat(leftOut));
  const whole = selectChecks({ permissions: permissionsOf(config), isLocked: config.aws.objectLock !== undefined });
  return [...whole.positives, ...whole.negatives].map(({ id }) => id).filter((id) => !asked.has(id));
}

/** Grants that the config lacks or has, other than the stack of such an environment puts out. */
export function oddGrantsOf(config: BackupEnvironment): readonly string[] {
  const said = grantTexts(config.permissions);
  const expected = grantTexts(permissionsOf(config));
  return [
    ...expected.filter((grant) => !said.includes(grant)).map((grant) => `lacks ${grant}`),
    ...said.filter((grant) => !expected.includes(grant)).map((grant) => `has ${grant}`),
  ];
}

function grantTexts({ allowed }: BackupEnvironment['permissions']): readonly string[] {
  return allowed.map(({ action, resource }) => `${action} on ${resource}`);
}

/** The output that the stack of such an environment would have, as far as the config tells. */
function permissionsOf({
  environment,
  form,
  aws,
  host,
  permissions,
}: BackupEnvironment): BackupEnvironment['permissions'] {
  const { partition, account, region, keyArn, formerKeyArns, objectLock } = aws;
  const target: PolicyTarget = {
    name: environment,
    partition,
    account,
    region,
    bucket: form.bucketName,
    rolePath: '/',
    host: { kind: host.kind, role: aws.roleArn },
  };
  const capabilities = CAPABILITIES.filter((one) => one === 'backup' || permissions.capabilities.includes(one));
  const keys = { ...(keyArn && { current: keyArn }), ...(formerKeyArns && { former: formerKeyArns }) };
  const data = { method: form.encryption, objectLock: objectLock && { ended: false } };
  return {
    ...permissions,
    capabilities: [...capabilities],
    allowed: [...allowedActions(target, capabilities, keys)],
    forbidden: [...forbiddenActs(target, data, capabilities)],
  };
}
