import { sessionArnPrefix } from '../../arn';
import type { BackupEnvironment } from '../../backup-environment/schema';
import type { HostCertificate, PositiveCheck } from '../check-kit/check';
import { failed, observe, passed, refused } from '../check-kit/outcome';

export const roleIdentity: PositiveCheck = {
  id: 'role-identity',
  title: 'Credentials are those of the role, in its account',
  kind: 'positive',
  controls: ['NIST.800-53.r5 AC-3', 'NIST.800-53.r5 IA-5(1)'],
  requires: [],
  isRetried: false,
  does: 'Asks STS who the caller is.',
  harmless: 'GetCallerIdentity reads nothing but the caller itself and needs no permission.',
  passes: 'A session of the role that the config names; on premises, of a certificate that it names.',
  lookAt: 'Which instance profile, profile or certificate the credentials of this host come from.',
  run: async ({ sts, config, hostCertificate }) => {
    const answer = await sts.getCallerIdentity({});
    if (!answer.ok) return refused('GetCallerIdentity', answer);
    const actual = answer.value.Arn ?? '';
    const seen = [observe('GetCallerIdentity', answer, actual)];
    const expected = sessionArnPrefix(config.aws.roleArn);
    if (!actual.startsWith(expected)) {
      return failed(seen, `The caller is ${actual}, and not a session of ${config.aws.roleArn}.`);
    }
    const { host } = config;
    if (host.kind !== 'on-premises') return passed(seen, `The caller is ${actual}.`);
    const { isRight, told } = certificateOf(actual.slice(expected.length), host.certificate, hostCertificate);
    return (isRight ? passed : failed)(seen, `The caller is ${actual}: ${told}.`);
  },
};

type Pins = Extract<BackupEnvironment['host'], { readonly kind: 'on-premises' }>['certificate'];

/**
 * The certificate that gave the session, which is named after its serial number. What names it carries only its file says.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-create-session.html
 */
function certificateOf(session: string, { subject, issuer }: Pins, inFile: HostCertificate | undefined) {
  if (!/^[0-9a-f]+$/.test(session)) {
    return { isRight: false, told: `its session is named ${session}, which is no serial number of a certificate` };
  }
  const ofCertificate = `its certificate has the serial number ${session}`;
  if (inFile === undefined) return { isRight: true, told: `${ofCertificate}, and this process cannot read its file` };
  const { file, serialNumber, commonName } = inFile;
  if (!isSame(serialNumber, session)) {
    return {
      isRight: true,
      told: `${ofCertificate}; that in ${file} has ${serialNumber}, and is used from the next session on`,
    };
  }
  const wrong = [
    ...(subject.CN.includes(commonName) ? [] : [`the config names ${subject.CN.join(', ')}`]),
    ...(issuer === undefined || issuer.CN === inFile.issuer ? [] : [`the config names the issuer ${issuer.CN}`]),
  ];
  const names = `is that of ${commonName}, issued by ${inFile.issuer}`;
  return wrong.length === 0
    ? { isRight: true, told: `${ofCertificate} and ${names}, as the config names it` }
    : { isRight: false, told: `${ofCertificate} and ${names}; ${wrong.join(', and ')}` };
}

/** Zeros at the beginning may be left out. */
function isSame(left: string, right: string): boolean {
  return BigInt(`0x${left}`) === BigInt(`0x${right}`);
}
