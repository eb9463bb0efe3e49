import { failed, passed } from '../../check-kit/outcome';
import type { ConfigurationCheck } from '../comparison/configuration-check';
import { judgeSettings, whenRead } from '../comparison/judge';

export const trustAnchor: ConfigurationCheck = {
  id: 'trust-anchor',
  title: 'The trust anchor is enabled and holds the audited authority alone',
  controls: ['NIST.800-53.r5 IA-5', 'NIST.800-53.r5 SC-17'],
  reads: ['GetTrustAnchor'],
  passes: 'The trust anchor of the config is enabled, and its source is the audited one.',
  lookAt: 'aws rolesanywhere get-trust-anchor: whoever holds the key of an authority in it can name any host.',
  applies: ({ audited }) => audited.settings.certificateHost !== undefined,
  judge: ({ config, audited: { settings }, live }) => {
    if (live.certificateHost === undefined) throw new Error('a host outside of AWS was not read');
    return whenRead(live.certificateHost.trustAnchor, (anchor, seen) => {
      const arn = config.host.kind === 'on-premises' ? config.host.trustAnchorArn : '';
      if (anchor === undefined) return failed(seen, `${arn} does not exist.`);
      if (!anchor.isEnabled) return failed(seen, `${arn} is disabled: no host gets a session.`);
      const source = settings.certificateHost?.source;
      if (source !== undefined) return judgeSettings(seen, source, anchor.source);
      const holds = anchor.source.AcmPcaArn ?? anchor.authorities.join(' and ');
      return passed(seen, `It is enabled. It existed before, and holds ${holds || 'nothing that can be read'}.`);
    });
  },
};
