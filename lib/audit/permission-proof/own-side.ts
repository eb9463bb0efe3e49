import { type EnvironmentPolicies, foreignRoleAccount, isOwnSideUnknown } from '../policies/environment-policies';
import type { ProofItem } from './proof';

/** Facts that only the owner of a role of another account can give, where nobody gave them. */
export function ownSideItems(policies: EnvironmentPolicies): readonly ProofItem[] {
  if (!isOwnSideUnknown(policies)) return [];
  const evidence = { caller: 'the role', actions: [], on: [], resource: '*', onlyIf: [], context: {}, by: [] };
  return [
    {
      id: 'own-side',
      kind: 'own-side',
      title: `The role's own policies, of account ${foreignRoleAccount(policies)}, allow what bucket and key let it do`,
      result: 'unknown',
      evidence: {
        ...evidence,
        problem: 'its owner attaches them: emit writes them to host/, and --role-policy gives them',
      },
    },
  ];
}
