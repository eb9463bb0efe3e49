import type { Policy, Statement } from '../../iam';
import { admissionOf } from '../../iam/match/principals';
import { FORMER_KEY_USE_ACTIONS, KEY_USE_ACTIONS } from '../permission-proof/expected';
import { sessionOf } from '../permission-proof/named-principals';
import type { ExistingRole } from '../policies/declared-host';
import type { Declaration } from '../policies/stack-policies';
import { type Answer, known } from '../stack/answer';
import type { BucketSubject, KeySubject } from './subject';

/** The resources of a stack that can let a role of another account in. */
export interface Granting {
  readonly buckets: readonly BucketSubject[];
  readonly keys: readonly KeySubject[];
}

/**
 * Grants of buckets and keys to a role of another account, as policies of the role: it can do nothing else with them,
 * whatever its owner attaches. The policy of a key that exists already is taken to let it use the key.
 */
export function grantsToForeignRole(
  { roleArn }: ExistingRole,
  { buckets, keys }: Granting,
  { formerKeyArns = [] }: Pick<Declaration, 'formerKeyArns'>,
): Answer<readonly Policy[]> {
  const given = [
    ...buckets.map(({ policy }) => ({ policy })),
    ...keys.map(({ policy, arn }) => ({ policy, on: valuesOf(arn) })),
  ];
  const open = given.find(({ policy }) => policy.state === 'unknown');
  if (open?.policy.state === 'unknown') return open.policy;
  const granted = given.flatMap(({ policy, ...rest }) =>
    policy.state === 'known' ? [grantedBy(policy.value, roleArn, rest)] : [],
  );
  const own = new Set(keys.flatMap(({ arn }) => valuesOf(arn)));
  const current = buckets.flatMap(({ encryption }) => valuesOf(encryption.keyArn)).filter((arn) => !own.has(arn));
  const former = formerKeyArns.filter((arn) => arn.startsWith('arn:') && !own.has(arn));
  return known([
    ...granted,
    ...current.map((arn) => useOf(arn, KEY_USE_ACTIONS)),
    ...former.map((arn) => useOf(arn, FORMER_KEY_USE_ACTIONS)),
  ]);
}

/** @param on - what a key's policy calls `*` */
function grantedBy(policy: Policy, roleArn: string, { on }: { readonly on?: readonly string[] }): Policy {
  const principal = sessionOf(roleArn);
  const request = { principal, action: '', resource: '', resourceAccount: '', context: {} };
  const statements = policy.statements
    .filter(({ effect, principals }) => effect === 'Allow' && admissionOf(principals, request, false) !== undefined)
    .map(({ principals: _principals, ...statement }): Statement => {
      return on === undefined ? statement : { ...statement, resources: { negated: false, patterns: on } };
    });
  return { ...policy, statements };
}

function useOf(arn: string, actions: readonly string[]): Policy {
  const statement: Statement = {
    id: 'UseKeyThroughS3',
    effect: 'Allow',
    actions: { negated: false, patterns: actions },
    resources: { negated: false, patterns: [arn] },
    conditions: [],
  };
  return { name: `policy of ${arn}`, version: '2012-10-17', statements: [statement] };
}

function valuesOf(answer: Answer<string>): readonly string[] {
  return answer.state === 'known' ? [answer.value] : [];
}
