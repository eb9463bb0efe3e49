import { readSharedProfile } from '../../aws/shared-profile';
import type { ToldHost } from '../../hosts';
import type { ProcessEnvironment } from '../../process-environment';
import { filesOfCommand, helperCommand, SERVE_UNIT_FILE } from '../helper/helper-command';
import { commonNameOf, readCertificates } from './read-certificates';

/** The certificate that the helper of this host signs with; undefined where there is none, or it cannot be read. */
export async function readHostCertificate(
  host: ToldHost,
  { env, serveUnit = SERVE_UNIT_FILE }: { readonly env: ProcessEnvironment; readonly serveUnit?: string },
) {
  if (host.kind !== 'on-premises') return undefined;
  const command = helperCommand(host, { profile: await readSharedProfile(), env, serveUnit });
  const { certificate: file } = filesOfCommand(command?.words ?? []);
  const read = readCertificates(file);
  const [certificate] = 'certificates' in read ? read.certificates : [];
  if (certificate === undefined) return undefined;
  const { serialNumber, subject, issuer } = certificate;
  return {
    file,
    serialNumber: serialNumber.toLowerCase(),
    commonName: commonNameOf(subject),
    issuer: commonNameOf(issuer),
  };
}
