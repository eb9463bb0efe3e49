import { accountOf } from '../../arn';
import { sourceIdentityOf } from '../../iam';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import { withValuesOf } from './derived-facets';
import type { Choice, Facet } from './facets';
import { foreignAccountOf, otherRegionOf } from './foreign';
import { hostServiceOf } from './host-service';
import { ABSENT } from './ordinary-forms';
import { allConditions } from './witnesses';

const ANCHOR = 'aws:SourceArn';
const NAME = 'aws:PrincipalTag/x509Subject/CN';
const ISSUER = 'aws:PrincipalTag/x509Issuer/CN';
const MADE_UP = 'trust-anchor/99999999-9999-4999-8999-999999999999';

/** Keys that AWS says of every request, and those of whom it is about. */
const OF_EVERY_REQUEST = /^aws:(?:currenttime|epochtime|principaltype|resource.*)$/;

const NOT_THERE: Choice = { name: ABSENT, context: {} };

/**
 * The circumstances of the service that hands the role to the host: those of the session that it asks for, and nothing
 * about a network or a transport, of which no page says that its requests tell.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
export function facetsOfHost(facets: readonly Facet[], policies: EnvironmentPolicies): readonly Facet[] {
  const conditions = allConditions(policies);
  const own = sessionFacets(policies).map((facet) => withValuesOf(facet, conditions));
  const told = new Set(own.flatMap(({ keys }) => keys));
  return [...own, ...facets.filter(({ keys }) => !keys.some((key) => told.has(key))).map(leftOut)];
}

function sessionFacets(policies: EnvironmentPolicies): readonly Facet[] {
  const service = hostServiceOf(policies)?.principal;
  return [
    ...(service === undefined ? [] : [sent('aws:PrincipalServiceName', service)]),
    ...certificateFacets(policies),
  ];
}

/** Whose certificate it is. The values of a declared host are tried whether a policy names them or not. */
function certificateFacets(policies: EnvironmentPolicies): readonly Facet[] {
  const { account, declared, partition } = policies;
  const { host } = declared;
  if (host.kind !== 'on-premises') return [];
  const anchorOf = (id: string) => `arn:${partition}:rolesanywhere:${policies.region}:${id}:${MADE_UP}`;
  const anchors = [account, foreignAccountOf(policies)].map(anchorOf);
  const declaredAnchor = host.trustAnchorArn.split(':');
  const elsewhere = declaredAnchor.with(3, otherRegionOf(policies)).join(':');
  const names = host.commonNames.flatMap((name) => [name, inOtherCase(name)]);
  return [
    ofKey(ANCHOR, [host.trustAnchorArn, elsewhere, ...anchors], {
      key: 'aws:SourceAccount',
      of: accountOf,
      from: (account) => (/^\d{12}$/.test(account) ? anchorOf(account) : account),
    }),
    ofKey(NAME, [...names, 'another-host'], {
      key: 'sts:SourceIdentity',
      of: sourceIdentityOf,
      from: (identity) => identity.replace(/^CN=/, ''),
    }),
    ofKey(ISSUER, [...(host.issuerName === undefined ? [] : [host.issuerName]), 'Another CA']),
    sent('sts:RoleSessionName', SERIAL_NUMBER),
  ];
}

/** A session is called after its certificate, in hexadecimal digits. */
const SERIAL_NUMBER = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';

/** A key that each request has, with this value. */
function sent(key: string, value: string): Facet {
  return { ...ofKey(key, [value]), needed: [value] };
}

/** Another key whose value follows from that of one, and the value of the one that leads to it. */
interface Following {
  readonly key: string;
  readonly of: (value: string) => string;
  readonly from: (value: string) => string;
}

/** A key that a request has once at most, or, for one that nobody knows to be there, not at all. */
function ofKey(key: string, values: readonly string[], following?: Following): Facet {
  const of = (value: string): Choice => ({
    name: value,
    context: { [key]: value, ...(following && { [following.key]: following.of(value) }) },
  });
  return {
    id: key,
    keys: [key, following?.key ?? key].map((one) => one.toLowerCase()),
    choices: [NOT_THERE, ...values.map(of)],
    choiceOf: (value) => of(following?.from(value) ?? value),
  };
}

function inOtherCase(name: string): string {
  return name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase();
}

function leftOut(facet: Facet): Facet {
  const isKnown = facet.keys.some((key) => OF_EVERY_REQUEST.test(key)) || facet.choices.some((one) => one.isForeign);
  if (isKnown) return facet;
  const choices = facet.choices.filter(({ name }) => name !== ABSENT);
  return { ...facet, choices: [NOT_THERE, ...choices], needed: [ABSENT] };
}
