import { examineOnPremises } from '../examine-on-premises';
import { examineHelperService, NO_METADATA_SERVICE } from '../helper/examine-local-service';
import type { HostExamination } from './host-examination';

const EXPECTED = {
  process: {
    way: 'the credential_process of a profile',
    fix: 'Name the file aws-config of host/ with AWS_CONFIG_FILE, and set AWS_EC2_METADATA_DISABLED=true, as the drop-in does; or say credentials: serve in the environment file, and emit again.',
  },
  serve: {
    way: 'the serve of the credential helper (AWS_EC2_METADATA_SERVICE_ENDPOINT)',
    fix: 'Take the line credential_process out of the AWS configuration, and set AWS_EC2_METADATA_SERVICE_ENDPOINT as the drop-in does; or say credentials: process in the environment file, and emit again.',
  },
} as const;

export const onPremisesExamination: HostExamination<'on-premises'> = {
  examine: examineOnPremises,
  examineService: async (service, { helper }) =>
    helper === 'process' ? NO_METADATA_SERVICE : examineHelperService(service),
  tellsRegion: false,
  wrongSource: ({ helper }) => ({
    found: [`The config says ${helper}: they should come from ${EXPECTED[helper].way}.`],
    fix: EXPECTED[helper].fix,
  }),
  /**
   * The helper hands over credentials of at least fifteen minutes, and `serve` renews them in the last ten.
   *
   * @see https://github.com/aws/rolesanywhere-credential-helper#serve
   */
  renewal: { beforeEndMs: 10 * 60_000, doneBy: 'the credential helper does it ten minutes before' },
};
