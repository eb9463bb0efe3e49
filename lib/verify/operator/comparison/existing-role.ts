import type { PermissionDrift } from '../../../audit/permission-drift/drift';
import { parsePolicy } from '../../../iam';
import { passed } from '../../check-kit/outcome';
import type { Observation } from '../../result/verification';
import type { AuditedEnvironment } from '../audited/audited-environment';
import type { Comparison, ConfigurationOutcome } from './configuration-check';
import { drifted, orDoubt } from './judge';

/** The resources of the environment, in the words of a drift. */
const OWN_RESOURCES: readonly string[] = [
  'the bucket',
  'backups',
  'probes',
  'search results',
  'the key',
  'a former key',
];

/** Whether the role was there before the environment, so that what it may do elsewhere is its owner's affair. */
export function isExistingRole({ policies }: Pick<AuditedEnvironment, 'policies'>): boolean {
  return policies.declared.host.kind === 'existing-role';
}

/** The differences that are about bucket and key. */
export function onOwnResources(drifts: readonly PermissionDrift[]): readonly PermissionDrift[] {
  return drifts.filter(({ on }) => on.some((resource) => OWN_RESOURCES.includes(resource)));
}

/** A policy of a role that is not the environment's, and what it is called. */
export interface FurtherPolicy {
  readonly name: string;
  readonly document: string;
}

/** Judges by its effect on bucket and key what an existing role carries besides the policies of the environment. */
export function judgeFurtherPolicies(
  seen: readonly Observation[],
  further: readonly FurtherPolicy[],
  { audited: { policies }, driftTo }: Comparison,
): ConfigurationOutcome {
  return orDoubt(seen, () => {
    const added = further.map(({ name, document }) => parsePolicy(document, name, { kind: 'identity' }));
    const identity = [...policies.role.identity, ...added];
    const drift = driftTo({ ...policies, role: { ...policies.role, identity } });
    const names = further.map(({ name }) => name).join(', ');
    if (drift.length === 0)
      return passed(seen, `It also carries ${names}, which changes nothing about bucket and key.`);
    const outcome = drifted(seen, drift);
    return { ...outcome, detail: `The role carries ${names}: ${outcome.detail}` };
  });
}
