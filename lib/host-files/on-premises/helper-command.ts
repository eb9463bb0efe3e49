import type { HostToSetUp } from '../host-file';
import { PLACES, SERVE_PORT } from './places';

/** The files of the host's certificate. */
function files({ host }: HostToSetUp<'on-premises'>): readonly string[] {
  const own = ['--certificate', PLACES.certificate, '--private-key', PLACES.privateKey];
  return isBelowAnother(host) ? ['--intermediates', PLACES.intermediates, ...own] : own;
}

/** Whether the authority of the host's certificate is known to be none that the trust anchor holds. */
export function isBelowAnother({ authorities, certificate: { issuer } }: HostToSetUp<'on-premises'>['host']): boolean {
  if (issuer === undefined || authorities === undefined) return false;
  return !authorities.flatMap(commonNamesIn).includes(issuer.CN);
}

/** Commas within a value have a backslash before them. */
function commonNamesIn(name: string): readonly string[] {
  return [...name.matchAll(/(?:^|, )CN=((?:\\.|[^\\,])*)/g)].map(([, value = '']) => value.replace(/\\(.)/g, '$1'));
}

/**
 * AWS's credential helper, word for word: as `credential_process`, or as a service that only this host reaches.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/credential-helper.html
 */
export function helperCommand(toSetUp: HostToSetUp<'on-premises'>): readonly string[] {
  return toSetUp.host.helper === 'process'
    ? [PLACES.helper, 'credential-process', ...files(toSetUp), ...sessionArguments(toSetUp)]
    : [
        PLACES.helper,
        'serve',
        '--port',
        `${SERVE_PORT}`,
        '--hop-limit',
        '1',
        ...files(toSetUp),
        ...sessionArguments(toSetUp),
      ];
}

/** Which session it asks for. The helper asks for an hour unless it is told, whatever the profile says. */
export function sessionArguments({ aws, host }: HostToSetUp<'on-premises'>): readonly string[] {
  return [
    ...['--trust-anchor-arn', host.trustAnchorArn],
    ...['--profile-arn', host.profileArn],
    ...['--role-arn', aws.roleArn],
    ...['--session-duration', `${host.sessionSeconds}`],
  ];
}
