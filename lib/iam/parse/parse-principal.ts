import { isAwsPrincipal } from '../match/principals';
import type { PrincipalElement } from '../types';
import { readObject, readStrings, requireKnownElements } from './json-shape';
import { badPolicy, childOf, type PolicyLocation } from './policy-location';

interface PrincipalType {
  readonly rule: string;
  readonly accepts: (text: string) => boolean;
}

/** Services are named under the domain of their partition; those of Alexa, and of Amazon itself, under others. */
const SERVICE =
  /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:amazonaws\.(?:com|com\.cn|eu)|amazon\.com|aws\.internal|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)$/;

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
const TYPES: Readonly<Record<string, PrincipalType>> = {
  AWS: {
    rule: "must be '*', an account id, or the ARN of an account root, user, role or session, without wildcards",
    accepts: isAwsPrincipal,
  },
  Service: {
    rule: 'must be a service principal, as in ec2.amazonaws.com',
    accepts: (text) => SERVICE.test(text),
  },
  Federated: {
    rule: 'must be the domain of an identity provider, or the ARN of one in IAM',
    accepts: (text) => /^[^*?\s]+$/.test(text),
  },
  CanonicalUser: {
    rule: 'must be a canonical user id of 64 hexadecimal digits',
    accepts: (text) => /^[0-9a-f]{64}$/.test(text),
  },
};

/** Reads the value of `Principal` or `NotPrincipal`. */
export function parsePrincipals(value: unknown, at: PolicyLocation): Omit<PrincipalElement, 'negated'> {
  if (value === '*') return { anyone: true, byType: { AWS: ['*'] } };
  if (typeof value === 'string') throw badPolicy(at, "a principal without a type can only be '*'", value);
  const object = readObject(value, at);
  requireKnownElements(object, Object.keys(TYPES), at);
  const byType = Object.fromEntries(
    Object.entries(object).map(([type, names]) => [type, readNames(names, type, childOf(at, type))]),
  );
  if (Object.keys(byType).length === 0) throw badPolicy(at, 'must name at least one principal', value);
  return { anyone: byType.AWS?.includes('*') ?? false, byType };
}

function readNames(value: unknown, type: string, at: PolicyLocation): readonly string[] {
  return readStrings(value, at).map((entry) => {
    const { rule, accepts } = TYPES[type] as PrincipalType;
    if (!accepts(entry.text)) throw badPolicy(entry.at, rule, entry.text);
    return entry.text;
  });
}
