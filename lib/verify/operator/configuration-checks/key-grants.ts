import { failed, passed } from '../../check-kit/outcome';
import type { ConfigurationCheck } from '../comparison/configuration-check';
import { whenRead } from '../comparison/judge';
import { createdKeys, judgeKeys } from '../comparison/judge-keys';

export const keyGrants: ConfigurationCheck = {
  id: 'key-grants',
  title: 'No grant gives the key to anybody',
  controls: ['KMS.5', 'NIST.800-53.r5 AC-6'],
  reads: ['ListGrants'],
  passes: 'No grant: neither Vault nor S3 needs one, and a grant is valid beside the key policy.',
  lookAt: 'aws kms list-grants; aws kms revoke-grant ends one.',
  // The grants of a key that was there before are its owner's business.
  applies: (comparison) => createdKeys(comparison).length > 0,
  judge: (comparison) =>
    judgeKeys(createdKeys(comparison), comparison, (key) =>
      whenRead(key.grants, (grants, seen) => {
        if (grants.length === 0) return passed(seen, 'There is none.');
        const given = grants.map(({ grantee, operations }) => `${grantee} may ${operations.join(', ')}`);
        return failed(seen, `By a grant ${given.join('; ')}.`);
      }),
    ),
};
