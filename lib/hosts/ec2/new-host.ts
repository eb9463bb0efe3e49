import type { NewHostKind } from '../new-host';

export const newEc2Host: NewHostKind<never> = {
  flags: {},
  comment: '# An instance gets the role from an instance profile.',
  lines: () => [],
};
