import type { Catalogue } from '../../catalogue';
import type { EnvironmentPolicies } from '../environment-policies';
import type { Proof } from '../permission-proof/proof';
import { type Names, namesOf } from './names';
import { renamingOf } from './renaming';

/** An environment with placeholders for its names, and how to get them back. */
export interface Shape {
  /** Equal for environments whose policies are equal but for names. */
  readonly key: string;
  readonly policies: EnvironmentPolicies;
  /** What was proven of the shape, as a proof of this environment. */
  readonly named: (proof: Proof) => Proof;
}

/** Says of nothing; each environment says its own. */
const NO_NAME = '';

/** The shape of an environment's policies; `undefined` where names may decide, so that each must be proven by itself. */
export function shapeOf(policies: EnvironmentPolicies, catalogue: Catalogue): Shape | undefined {
  const names = namesOf(policies, catalogue);
  if (names === undefined) return undefined;
  const { text, policy, isSafe } = renamingOf(names);
  const { account, role, bucket, key } = policies;
  const { trust, identity, boundary } = role;
  const shaped: EnvironmentPolicies = {
    ...policies,
    environment: NO_NAME,
    notAssessed: [],
    account: text(account),
    role: {
      arn: text(role.arn),
      trust: policy(trust),
      identity: identity.map(policy),
      ...(boundary && { boundary: policy(boundary) }),
    },
    bucket: {
      ...bucket,
      name: text(bucket.name),
      arn: text(bucket.arn),
      ...(bucket.policy && { policy: policy(bucket.policy) }),
    },
    ...(key && { key: { arn: text(key.arn), ...(key.policy && { policy: policy(key.policy) }) } }),
  };
  if (!isSafe()) return undefined;
  const { environment, notAssessed } = policies;
  return {
    key: JSON.stringify(shaped),
    policies: shaped,
    named: (proof) => ({ ...withNames(proof, names), environment, notAssessed }),
  };
}

/** Names and placeholders are of letters that JSON writes as they are. */
function withNames(proof: Proof, names: Names): Proof {
  let text = JSON.stringify(proof);
  for (const [name, placeholder] of names) text = text.replaceAll(placeholder, name);
  return JSON.parse(text) as Proof;
}
