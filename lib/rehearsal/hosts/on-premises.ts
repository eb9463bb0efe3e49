import { ToolkitError } from '../../errors';
import type { HostRehearsal } from './host-rehearsal';

/** A host that shows a certificate: everything up to the session is rehearsed. */
export const onPremisesRehearsal: HostRehearsal<'on-premises'> = {
  title: 'Get a session with a certificate',
  start: async ({ host: { certificate } }) => {
    throw new ToolkitError(
      'HostNotRehearsed',
      `the host must be one that the simulated account gives a session to, got: one with the certificate of ${certificate.subject.CN.join(', ')}\n` +
        'Verify on the host itself: vault-env verify backup-environment.json',
    );
  },
};
