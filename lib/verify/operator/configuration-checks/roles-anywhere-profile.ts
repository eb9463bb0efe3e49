import { failed } from '../../check-kit/outcome';
import type { Comparison, ConfigurationCheck } from '../comparison/configuration-check';
import { judgeSettings, whenRead } from '../comparison/judge';

export const rolesAnywhereProfile: ConfigurationCheck = {
  id: 'roles-anywhere-profile',
  title: 'The profile hands out the role alone, for as long and with the tags that were audited',
  controls: ['NIST.800-53.r5 AC-3', 'NIST.800-53.r5 AC-6', 'NIST.800-53.r5 AC-12'],
  reads: ['GetProfile'],
  passes: 'The profile of the config is as it was audited, and maps the names that the trust policy asks for.',
  lookAt: 'aws rolesanywhere get-profile: what it narrows, Vault lacks; what it adds, a host of another role may get.',
  applies: ({ audited }) => audited.settings.certificateHost !== undefined,
  judge: ({ config, audited: { policies, settings }, live }) => {
    if (live.certificateHost === undefined) throw new Error('a host outside of AWS was not read');
    return whenRead(live.certificateHost.profile, (profile, seen) => {
      const arn = config.host.kind === 'on-premises' ? config.host.profileArn : '';
      if (profile === undefined) return failed(seen, `${arn} does not exist.`);
      const unmapped = tagsAsked(policies.declared.host).filter((tag) => !isMapped(tag, profile.mapped));
      if (unmapped.length > 0) {
        return failed(seen, `It makes no tag of ${unmapped.join(' and ')}, which the trust policy asks for.`);
      }
      return judgeSettings(seen, settings.certificateHost?.profile ?? {}, profile.settings);
    });
  },
};

function tagsAsked(host: Comparison['audited']['policies']['declared']['host']): readonly string[] {
  if (host.kind !== 'on-premises') return [];
  return ['x509Subject/CN', ...(host.issuerName === undefined ? [] : ['x509Issuer/CN'])];
}

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/attribute-mapping.html */
function isMapped(tag: string, mapped: readonly string[]): boolean {
  return mapped.some((rule) => rule === tag || (rule.endsWith('*') && tag.startsWith(rule.slice(0, -1))));
}
