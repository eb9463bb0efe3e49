import type { Condition, Policy, Statement } from '../../iam';
import { onceForEach } from '../once-for-each';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import { foreignAccountOf } from './foreign';

/** Every policy of the environment; the same list each time. */
export const allPolicies = onceForEach(({ role, ...others }: EnvironmentPolicies): readonly Policy[] =>
  [role.trust, ...role.identity, role.boundary, ...ofBucketAndKeys(others)].filter((one) => one !== undefined),
);

/** Every policy that stands on a resource. */
export function resourcePolicies({ role, ...others }: EnvironmentPolicies): readonly Policy[] {
  return [role.trust, ...ofBucketAndKeys(others)].filter((one) => one !== undefined);
}

function ofBucketAndKeys({ bucket, key, formerKeys }: Omit<EnvironmentPolicies, 'role'>) {
  return [bucket.policy, ...[key, ...formerKeys].map((one) => one?.policy)];
}

export const allStatements = onceForEach((policies: EnvironmentPolicies): readonly Statement[] =>
  allPolicies(policies).flatMap(({ statements }) => statements),
);

export const allConditions = onceForEach((policies: EnvironmentPolicies): readonly Condition[] =>
  allStatements(policies).flatMap(({ conditions }) => conditions),
);

/** Texts that fit a pattern: its wildcards, and its variables, stand for nothing, a word, or a path. */
export function textsOf(pattern: string): readonly string[] {
  if (!/[*?]|\$\{/.test(pattern)) return [pattern];
  return ['', 'x', 'x/y'].map((filling) => fill(pattern, filling));
}

/** ARNs that fit a pattern, of this account and of another; none for `*`, which fits them all. */
export function arnsOf(pattern: string, policies: EnvironmentPolicies): readonly string[] {
  if (pattern === '*') return [];
  const { partition, region, account } = policies;
  const [arn = '', ...rest] = pattern.split(':');
  const [inPartition = '', service = '', inRegion = '', ofAccount = '', ...resource] = rest;
  return [account, foreignAccountOf(policies)].flatMap((id) =>
    textsOf(resource.join(':')).map((text) =>
      [
        arn,
        inPartition.replace(/[*?]+/, partition),
        service,
        inRegion.replace(/[*?]+/, region),
        ofAccount === '*' ? id : ofAccount.replaceAll(/[*?]/g, '9'),
        text,
      ].join(':'),
    ),
  );
}

/** A text that fits a pattern, with this in the place of its wildcards and variables. */
export function fill(pattern: string, filling: string): string {
  return pattern
    .replaceAll(/\$\{([*?$])\}/g, '$1')
    .replaceAll(/\$\{[^}]*\}|\*/g, filling)
    .replaceAll('?', filling.charAt(0) || 'x');
}
