import { yamlLine } from '../../yaml-line';
import type { NewHostKind } from '../new-host';

export const newOnPremisesHost: NewHostKind<'common-name' | 'trust-anchor'> = {
  flags: { 'trust-anchor': 'ARN of the trust anchor', 'common-name': "Common name of the host's certificate" },
  comment: '# The host shows a certificate of this authority, whose list of revoked ones you import.',
  lines: (answer) => [
    '  trustAnchor:',
    yamlLine('    arn', answer('trust-anchor')),
    '  certificate:',
    `    subject: { CN: [${JSON.stringify(answer('common-name'))}] }`,
    '  revocation: crl',
  ],
};
