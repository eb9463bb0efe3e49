import type { EnvironmentPolicies } from '../policies/environment-policies';
import type { CallerKind } from './callers';
import { blamedFor } from './describe';
import { KEY_CARE, KEY_CARE_ACTIONS } from './expected';
import type { Look } from './looks';
import type { ProofItem } from './proof';

const WHO = 'somebody of the account';
const OF_ACCOUNT: ReadonlySet<CallerKind> = new Set(['administrator', 'without-policies']);

/**
 * One claim for each key whose policy is known: somebody can keep it in order and bring it back, whoever that is.
 *
 * A key that nobody can is lost with its first mistake, and the backups with it.
 */
export function keyCareItems(looks: readonly Look[], policies: EnvironmentPolicies): readonly ProofItem[] {
  const { key, formerKeys } = policies;
  const keys = [
    ...(key?.policy ? [{ ...key, on: 'the key' }] : []),
    ...formerKeys.filter(({ policy }) => policy).map((former) => ({ ...former, on: 'a former key' })),
  ];
  const rows = new Set(looks.filter(({ caller }) => OF_ACCOUNT.has(caller.kind)).flatMap((look) => look.rows));
  return keys.map(({ arn, on }) => {
    const cared = new Set(
      [...rows].flatMap(({ action, tried }) =>
        tried.some(({ sample, study }) => sample.arn === arn && study.isEverAllowed) ? [action] : [],
      ),
    );
    return careItem({ on, arn, missing: KEY_CARE_ACTIONS.filter((action) => !cared.has(action)) }, policies);
  });
}

interface Cared {
  readonly on: string;
  readonly arn: string;
  readonly missing: readonly string[];
}

function careItem({ on, arn, missing }: Cared, policies: EnvironmentPolicies): ProofItem {
  const isKept = missing.length === 0;
  const nobody = { kind: 'less', when: [], violated: [], decision: NOT_ALLOWED } as const;
  const { by, lacking } = blamedFor(nobody, KEY_CARE, policies);
  return {
    id: `somebody-of-the-account/keeps-in-order/${on.replaceAll(' ', '-')}/${arn}`,
    kind: 'permission',
    title: `${WHO} may keep ${on} in order`,
    result: isKept ? 'pass' : 'fail',
    evidence: {
      caller: WHO,
      actions: isKept ? KEY_CARE_ACTIONS : missing,
      on: [on],
      resource: arn,
      onlyIf: [],
      context: {},
      by: isKept ? [] : by,
      ...(!isKept && lacking.length > 0 && { lacking }),
      ...(!isKept && { problem: `nobody of the account may ${missing.join(', ')}` }),
    },
  };
}

const NOT_ALLOWED = { result: 'implicitly-denied', missing: 'key' } as const;
