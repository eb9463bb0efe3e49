import { declaredKind } from '../rule-kit/declared-host';
import { failFor } from '../rule-kit/gathered';
import { doubt, inherited, notApplicable, pass } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';
import { blocksOf } from '../stack/argument';
import type { StackResource } from '../stack/stack-document';

const TYPE = 'aws_rolesanywhere_trust_anchor';
const EVENTS = ['CA_CERTIFICATE_EXPIRY', 'END_ENTITY_CERTIFICATE_EXPIRY'];

export const certificateExpiryNotice: Rule = {
  id: 'certificate-expiry-notice',
  title: 'AWS gives notice before the certificate of a host or its authority expires',
  rationale: 'A certificate that expires unnoticed ends every backup at once.',
  reads: `${TYPE}: notification_settings`,
  remedy: `Write notification_settings for ${EVENTS.join(' and ')}, enabled.`,
  controls: { nist80053r5: ['CP-2', 'IA-5(2)', 'SC-12'] },
  check: (subject) => {
    const anchors = subject.ofType(TYPE);
    if (anchors.length > 0) return anchors.map(check);
    if (declaredKind(subject) !== 'on-premises') return [notApplicable(TYPE, 'no host shows a certificate')];
    return [inherited(TYPE, 'the trust anchor exists already: whoever made it set its notices')];
  },
};

function check({ address, arguments: given }: StackResource): Outcome {
  const blocks = blocksOf(given.notification_settings);
  if (blocks.state === 'unknown') return doubt(address, 'its notices are not known');
  const enabled = blocks.state === 'known' ? blocks.value.filter(({ enabled: isOn }) => String(isOn) === 'true') : [];
  const missing = EVENTS.filter((wanted) => !enabled.some(({ event }) => event === wanted));
  return missing.length > 0
    ? failFor(address, [`no notice of ${missing.join(', ')}`])
    : pass(address, 'both are noticed');
}
