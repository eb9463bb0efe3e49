import { yamlLine } from '../../yaml-line';
import type { NewHostKind } from '../new-host';

export const newExistingRoleHost: NewHostKind<'role'> = {
  flags: { role: 'ARN of the role that the host has' },
  comment: '# The host has this role already; `attach: true` lets the stack attach its policies.',
  lines: (answer) => [yamlLine('  role', answer('role'))],
};
