import { failed, passed } from '../../outcome';
import type { OperatorCheck } from '../check';
import { whenRead } from '../judge';

export const keyGrants: OperatorCheck = {
  id: 'key-grants',
  title: 'No grant gives the key to anybody',
  controls: ['KMS.5', 'NIST.800-53.r5 AC-6'],
  reads: ['ListGrants'],
  passes: 'No grant: neither Vault nor S3 needs one, and a grant is valid beside the key policy.',
  lookAt: 'aws kms list-grants; aws kms revoke-grant ends one.',
  // The grants of a key that was there before are its owner's business.
  applies: ({ audited }) => audited.settings.keyRotation !== undefined,
  judge: ({ live }) => {
    if (live.key === undefined) return { result: 'inconclusive', observed: [], detail: 'The key was not read.' };
    return whenRead(live.key.grants, (grants, seen) => {
      if (grants.length === 0) return passed(seen, 'There is none.');
      const given = grants.map(({ grantee, operations }) => `${grantee} may ${operations.join(', ')}`);
      return failed(seen, `By a grant ${given.join('; ')}.`);
    });
  },
};
