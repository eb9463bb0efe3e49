import type { HostToSetUp } from '../host-file';
import { PLACES, SERVE_PORT } from './places';

/** The files of the host's certificate. */
const FILES = ['--certificate', PLACES.certificate, '--private-key', PLACES.privateKey] as const;

/**
 * AWS's credential helper, word for word: as `credential_process`, or as a service that only this host reaches.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/credential-helper.html
 */
export function helperCommand(toSetUp: HostToSetUp<'on-premises'>): readonly string[] {
  return toSetUp.host.helper === 'process'
    ? [PLACES.helper, 'credential-process', ...FILES, ...sessionArguments(toSetUp)]
    : [PLACES.helper, 'serve', '--port', `${SERVE_PORT}`, '--hop-limit', '1', ...FILES, ...sessionArguments(toSetUp)];
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
