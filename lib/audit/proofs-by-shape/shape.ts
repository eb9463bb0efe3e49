import type { Catalogue } from '../../catalogue';
import type { Proof } from '../permission-proof/proof';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import { type Names, namesOf } from './names';
import { renamingOf } from './renaming';

/** An environment with placeholders for its names, and how to get them back. */
export interface Shape {
  /** Equal for environments whose policies are equal but for names. */
  readonly key: string;
  readonly policies: EnvironmentPolicies;
  /** The proof of the shape, which is JSON, as a proof of this environment. */
  readonly named: (proof: string) => Proof;
}

/** Says of nothing; each environment says its own. */
const NO_NAME = '';

/** The shape of an environment's policies; `undefined` where names may decide, so that each must be proven by itself. */
export function shapeOf(policies: EnvironmentPolicies, catalogue: Catalogue): Shape | undefined {
  const names = namesOf(policies, catalogue);
  if (names === undefined) return undefined;
  const { text, policy, isSafe } = renamingOf(names);
  const { partition, region, account, role, bucket, key, declared } = policies;
  const { trust, identity, boundary } = role;
  // Field by field, so that a further one is not taken along with its names.
  const shaped: EnvironmentPolicies = {
    environment: NO_NAME,
    partition,
    account: text(account),
    region,
    role: {
      arn: text(role.arn),
      ...(trust && { trust: policy(trust) }),
      identity: identity.map(policy),
      ...(boundary && { boundary: policy(boundary) }),
    },
    bucket: {
      name: text(bucket.name),
      arn: text(bucket.arn),
      bucketKey: bucket.bucketKey,
      ...(bucket.policy && { policy: policy(bucket.policy) }),
    },
    ...(key && { key: { arn: text(key.arn), ...(key.policy && { policy: policy(key.policy) }) } }),
    formerKeys: [],
    declared: {
      capabilities: declared.capabilities,
      method: declared.method,
      host: renamed(declared.host, text),
      ...(declared.kept && { kept: declared.kept }),
    },
    notAssessed: [],
  };
  if (!isSafe()) return undefined;
  const { environment, notAssessed } = policies;
  return {
    key: JSON.stringify(shaped),
    policies: shaped,
    named: (proof) => ({ ...withNames(proof, names), environment, notAssessed }),
  };
}

/** The texts in it are ARNs and names. */
function renamed<Value>(value: Value, text: (text: string) => string): Value {
  return JSON.parse(JSON.stringify(value), (_key, part) => (typeof part === 'string' ? text(part) : part));
}

/** Names and placeholders are of letters that JSON writes as they are. */
function withNames(proof: string, names: Names): Proof {
  let text = proof;
  for (const [name, placeholder] of names) text = text.replaceAll(placeholder, name);
  return JSON.parse(text) as Proof;
}
