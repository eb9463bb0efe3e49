import { type Certificate, hasKeyUsage, isAuthority, isStronglySigned, isValidAt, pathLength } from './certificate';

/** A certificate as it was presented, with what may lie between it and a trust anchor. */
export interface Presented {
  readonly leaf: Certificate;
  /** In any order. */
  readonly chain: readonly Certificate[];
}

/**
 * The certificates from the leaf up to one of the authorities, which is the last; `undefined` when there is no such path.
 *
 * Each is looked at once, where it is nearest to the leaf: that is where a limit of path length leaves the most room.
 */
export function tryFindPath(
  { leaf, chain }: Presented,
  authorities: readonly Certificate[],
  now: Date,
): readonly Certificate[] | undefined {
  const paths: (readonly Certificate[])[] = [[leaf]];
  const seen = new Set<string>();
  for (const path of paths) {
    const [child] = path.slice(-1);
    if (child === undefined) continue;
    const mayIssue = (issuer: Certificate) => isIssuer(issuer, child, path.length - 1) && isValidAt(issuer, now);
    const authority = authorities.find(mayIssue);
    if (authority !== undefined) return [...path, authority];
    for (const issuer of chain.filter(({ x509 }) => !seen.has(x509.fingerprint256)).filter(mayIssue)) {
      seen.add(issuer.x509.fingerprint256);
      paths.push([...path, issuer]);
    }
  }
  return undefined;
}

/** @param below how many authorities lie between the issuer and the leaf */
function isIssuer(issuer: Certificate, child: Certificate, below: number): boolean {
  return (
    isAuthority(issuer) &&
    hasKeyUsage(issuer, 'keyCertSign') &&
    isStronglySigned(issuer) &&
    below <= (pathLength(issuer) ?? Number.POSITIVE_INFINITY) &&
    child.x509.checkIssued(issuer.x509) &&
    child.x509.verify(issuer.x509.publicKey)
  );
}
