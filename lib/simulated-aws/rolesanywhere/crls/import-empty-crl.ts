// The certificate library needs the metadata polyfill to be there first.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { PemConverter, X509CrlGenerator } from '@peculiar/x509';
import type { AccountState } from '../../state/account-state';
import { tryReadBundle } from '../certificates/certificate';
import { resourceId } from '../request/arns';
import { newResource } from '../request/new-resource';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 86_400_000;

/**
 * Makes an enabled revocation list of a trust anchor that nobody is on, without asking anybody for permission. Its
 * signature is of nobody, since the key of the authority is not here.
 *
 * @param commonName of the authority, where the trust anchor holds no certificate
 */
export async function importEmptyCrl(account: AccountState, trustAnchorArn: string, commonName: string): Promise<void> {
  const { trustAnchors, crls } = account.rolesAnywhere;
  const source = trustAnchors.get(resourceId(account, 'trust-anchor', trustAnchorArn))?.source;
  const pem = source?.type === 'CERTIFICATE_BUNDLE' ? source.x509CertificateData : '';
  const keys = (await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
  const crl = await X509CrlGenerator.create({
    issuer: tryReadBundle(pem)?.[0]?.details.subject ?? `CN=${commonName}`,
    thisUpdate: account.now(),
    nextUpdate: new Date(account.now().getTime() + DAY_MS),
    signingKey: keys.privateKey,
    signingAlgorithm: ALGORITHM,
  });
  const data = Buffer.from(PemConverter.encode(crl.rawData, 'X509 CRL'));
  const resource = newResource(account, 'crl');
  crls.set(resource.id, { ...resource, name: 'imported', trustAnchorArn, data });
}
