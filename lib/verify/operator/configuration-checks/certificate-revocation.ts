import { failed, passed } from '../../check-kit/outcome';
import type { ConfigurationCheck } from '../comparison/configuration-check';
import { whenRead } from '../comparison/judge';
import type { LiveRevocationList } from '../live/live-environment';

export const certificateRevocation: ConfigurationCheck = {
  id: 'certificate-revocation',
  title: 'A revocation list of the authority is in force and up to date',
  controls: ['NIST.800-53.r5 IA-5', 'NIST.800-53.r5 SC-17'],
  reads: ['ListCrls', 'GetTrustAnchor'],
  passes:
    'A list that is enabled for the trust anchor is signed by its authority, and its next update is still to come.',
  lookAt:
    'aws rolesanywhere list-crls: import-crl brings a list, update-crl the next one; AWS fetches none by itself. --authority names the certificate of whoever signs it, where the trust anchor does not hold it.',
  applies: ({ config: { host } }) => host.kind === 'on-premises' && host.revocation === 'crl',
  judge: ({ live, now, audited: { policies } }) => {
    if (live.certificateHost === undefined) throw new Error('a host outside of AWS was not read');
    const { revocationLists, trustAnchor } = live.certificateHost;
    return whenRead(revocationLists, (lists, seen) => {
      if (lists.length === 0) return failed(seen, 'The trust anchor has no revocation list: nothing can be revoked.');
      return whenRead(trustAnchor, (anchor, anchorSeen) => {
        const observed = [...seen, ...anchorSeen];
        const { host } = policies.declared;
        const issuerName = host.kind === 'on-premises' ? host.issuerName : undefined;
        const faults = lists.map((list) => [list.name, faultOf(list, { now, issuerName, ...anchor })] as const);
        const inForce = lists.filter((_, index) => faults[index]?.[1] === undefined);
        if (inForce.length === 0)
          return failed(observed, faults.map(([name, fault]) => `'${name}' ${fault}.`).join(' '));
        if (inForce.some(({ isSigned }) => isSigned)) return passed(observed, 'One is in force and up to date.');
        return { result: 'inconclusive', observed, detail: inForce.map(describeUnchecked).join(' ') };
      });
    });
  },
};

function describeUnchecked({ name, issuer }: LiveRevocationList): string {
  return `'${name}' names ${issuer}, whose certificate the trust anchor does not hold: its signature was not checked.`;
}

interface Circumstances {
  readonly now: Date;
  /** Pinned by the trust policy. */
  readonly issuerName: string | undefined;
  /** None where the trust anchor is a private CA's. */
  readonly authorities?: readonly string[];
}

/** Why a list revokes nothing that matters. */
function faultOf(list: LiveRevocationList, { now, issuerName, authorities = [] }: Circumstances): string | undefined {
  const { isEnabled, issuer, nextUpdate, isSigned } = list;
  if (!isEnabled) return 'is disabled';
  if (issuer === undefined) return 'is no revocation list';
  const isExpected = issuerName === undefined ? isSigned !== undefined : isCalled(issuer, issuerName);
  const isKnown = issuerName !== undefined || authorities.length > 0;
  if (isKnown && !isExpected) {
    return `is of ${issuer}, not of ${issuerName === undefined ? authorities.join(' or ') : `CN=${issuerName}`}`;
  }
  if (nextUpdate !== undefined && nextUpdate < now) return `is out of date since ${nextUpdate.toISOString()}`;
  if (isSigned === false) return `names ${issuer}, and is signed by somebody else`;
  return undefined;
}

function isCalled(issuer: string, name: string): boolean {
  return issuer.split(/,\s*/).includes(`CN=${name}`);
}
