import { nameOf } from '../../../arn';
import type { ControlPlane } from '../../../aws/control-plane';
import type { CrlDetail, ProfileDetail, SubjectSummary, TrustAnchorDetail } from '../../../aws/roles-anywhere';
import { pemBlocks } from '../../../certificates/pem';
import { readCertificate } from '../../../certificates/read-certificate';
import { readRevocationList } from '../../../certificates/read-crl';
import type { ToldHost } from '../../../hosts';
import { settingsOf } from '../settings/settings';
import { sourceSettings } from '../settings/trust-anchor-settings';
import type {
  LiveCertificateHost,
  LiveCertificateProfile,
  LiveRevocationList,
  LiveSubject,
  LiveTrustAnchor,
} from './live-environment';
import { joinReads, mapRead, orWhenAbsent, type Read, readPages } from './read';

type Reads = ControlPlane['rolesAnywhere'];

const NOT_FOUND = 'ResourceNotFoundException';

/**
 * Reads what IAM Roles Anywhere has of a host outside of AWS; `undefined` for a host of another kind.
 *
 * @param authorities PEM, certificates that sign revocation lists beside those of the trust anchor
 */
export async function readCertificateHost(
  reads: Reads,
  host: ToldHost,
  authorities: string,
): Promise<LiveCertificateHost | undefined> {
  if (host.kind !== 'on-premises') return undefined;
  const { trustAnchorArn, profileArn } = host;
  const [trustAnchor, profile, crls, subjects] = await Promise.all([
    readTrustAnchor(reads, trustAnchorArn),
    readProfile(reads, profileArn),
    readCrls(reads, trustAnchorArn),
    readSubjects(reads, host.certificate.subject.CN),
  ]);
  const inAnchor = trustAnchor.answer.ok ? trustAnchor.answer.value?.authoritiesPem : undefined;
  const revocationLists = await readLists(crls, `${inAnchor ?? ''}\n${authorities}`);
  return { trustAnchor, profile, revocationLists, subjects };
}

async function readTrustAnchor(reads: Reads, arn: string): Promise<Read<LiveTrustAnchor | undefined>> {
  const read = { call: 'GetTrustAnchor', answer: await reads.getTrustAnchor(nameOf(arn)) };
  return orWhenAbsent(
    mapRead(read, ({ trustAnchor = {} }) => trustAnchorOf(trustAnchor)),
    NOT_FOUND,
    undefined,
  );
}

function trustAnchorOf({ enabled = false, source }: TrustAnchorDetail): LiveTrustAnchor {
  const { x509CertificateData: certificatesPem, acmPcaArn: privateCaArn } = source?.sourceData ?? {};
  const authoritiesPem = certificatesPem ?? '';
  const authorities = pemBlocks(authoritiesPem).flatMap(({ der }) => readCertificate(der)?.subject ?? []);
  const settings = sourceSettings({ type: source?.sourceType, certificatesPem, privateCaArn });
  return { isEnabled: enabled, source: settings, authorities, authoritiesPem };
}

async function readProfile(reads: Reads, arn: string): Promise<Read<LiveCertificateProfile | undefined>> {
  const read = { call: 'GetProfile', answer: await reads.getProfile(nameOf(arn)) };
  return orWhenAbsent(
    mapRead(read, ({ profile = {} }) => profileOf(profile)),
    NOT_FOUND,
    undefined,
  );
}

function profileOf({ attributeMappings = [], ...profile }: ProfileDetail): LiveCertificateProfile {
  const settings = settingsOf({
    Enabled: profile.enabled ?? false,
    RoleArns: (profile.roleArns ?? []).join(', '),
    DurationSeconds: profile.durationSeconds,
    SessionPolicy: profile.sessionPolicy,
    ManagedPolicyArns: (profile.managedPolicyArns ?? []).join(', '),
    AcceptRoleSessionName: profile.acceptRoleSessionName ?? false,
    RequireInstanceProperties: profile.requireInstanceProperties ?? false,
  });
  const mapped = attributeMappings.flatMap(({ certificateField, mappingRules = [] }) =>
    mappingRules.map(({ specifier }) => `${certificateField}/${specifier}`),
  );
  return { settings, mapped };
}

function readCrls(reads: Reads, trustAnchorArn: string): Promise<Read<readonly CrlDetail[]>> {
  return readPages('ListCrls', reads.listCrls, ({ crls = [], nextToken }) => ({
    items: crls.filter((crl) => crl.trustAnchorArn === trustAnchorArn),
    next: nextToken,
  }));
}

async function readLists(
  { call, answer }: Read<readonly CrlDetail[]>,
  authorities: string,
): Promise<Read<readonly LiveRevocationList[]>> {
  if (!answer.ok) return { call, answer };
  const value = await Promise.all(answer.value.map((crl) => listOf(crl, authorities)));
  return { call, answer: { ...answer, value } };
}

async function listOf(crl: CrlDetail, authorities: string): Promise<LiveRevocationList> {
  const { name = '', enabled = false, crlData = '' } = crl;
  const list = await readRevocationList(Buffer.from(crlData, 'base64').toString('utf8'), authorities);
  const { issuer, nextUpdate, isSigned } = list ?? {};
  return { name, isEnabled: enabled, issuer, nextUpdate, isSigned };
}

/** Who has issued certificates to the hosts that are let in is not asked: the service answers once a second. */
async function readSubjects(reads: Reads, commonNames: readonly string[]): Promise<Read<readonly LiveSubject[]>> {
  const call = 'ListSubjects';
  const all = await readPages(call, reads.listSubjects, ({ subjects = [], nextToken }) => ({
    items: subjects,
    next: nextToken,
  }));
  if (!all.answer.ok) return { call, answer: all.answer };
  const read = async (subject: SubjectSummary): Promise<Read<LiveSubject>> => {
    const { subjectId = '', x509Subject: name = '', lastSeenAt = '' } = subject;
    const isLetIn = commonNames.some((commonName) => name.split(/,\s*/).includes(`CN=${commonName}`));
    const known = { name, lastSeenAt, isLetIn };
    if (isLetIn) return { call, answer: { ...GRANTED, value: { ...known, issuers: [] } } };
    return mapRead({ call: 'GetSubject', answer: await reads.getSubject(subjectId) }, (detail) => ({
      ...known,
      issuers: (detail.subject?.credentials ?? []).flatMap(({ issuer, failed }) => (issuer && !failed ? issuer : [])),
    }));
  };
  return joinReads(call, await Promise.all(all.answer.value.map(read)));
}

const GRANTED = { ok: true, status: undefined, requestId: undefined } as const;
