import { readAuthorities } from '../../certificates/authorities';
import { declaredKind } from '../rule-kit/declared-host';
import { checkDeletionGuard } from '../rule-kit/deletion-guard';
import { failFor } from '../rule-kit/gathered';
import { doubt, inherited, listing, notApplicable } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';
import type { StackResource } from '../stack/stack-document';
import type { Subject } from '../subject/subject';

const TYPE = 'aws_rolesanywhere_trust_anchor';

export const trustAnchor: Rule = {
  id: 'trust-anchor',
  title: 'The trust anchor is enabled, guarded, and trusts authorities of your own that are in force',
  rationale:
    'Whoever the anchor trusts can name any host. One without `enabled` is made disabled; one that is made anew has another ARN and locks every host out.',
  reads: `${TYPE}: enabled, source, lifecycle.prevent_destroy`,
  remedy: 'Write enabled: true, deletionProtection: true, and a bundle of certificates of authorities alone.',
  controls: { nist80053r5: ['IA-5(2)', 'SC-12', 'SC-17'] },
  check: (subject) => {
    const anchors = subject.ofType(TYPE);
    if (anchors.length > 0) return anchors.map((anchor) => check(anchor, subject));
    if (declaredKind(subject) !== 'on-premises') return [notApplicable(TYPE, 'no host shows a certificate')];
    return [inherited(TYPE, 'the trust anchor exists already: whoever runs the authority answers for it')];
  },
};

function check(anchor: StackResource, subject: Subject): Outcome {
  const types = ['CERTIFICATE_BUNDLE', 'AWS_ACM_PCA'];
  const settings = [
    { path: 'enabled', oneOf: ['true'], byDefault: 'false' },
    { path: 'source.source_type', oneOf: types },
  ];
  const outcome = checkDeletionGuard(anchor, settings, subject);
  if (outcome.result === 'fail') return outcome;
  const source = subject.read(anchor, 'source.source_type');
  if (source.state === 'known' && source.value === 'AWS_ACM_PCA') return outcome;
  const pem = subject.read(anchor, 'source.source_data.x509_certificate_data');
  if (pem.state !== 'known') return doubt(anchor.address, 'the certificates of the authority are not known');
  const read = readAuthorities(String(pem.value), subject.asOf === undefined ? undefined : new Date(subject.asOf));
  return 'problems' in read ? failFor(anchor.address, read.problems, { detail: listing(read.problems) }) : outcome;
}
