import { sessionArnPrefix } from '../../arn';
import type { Diagnosis, EnvironmentFacts } from '../result/diagnosis';
import { FOREIGN_KEY } from './key-patterns';

type Cause = (found: string, facts: EnvironmentFacts) => Omit<Diagnosis, 'id'>;

/** The cause where AWS answered, and said something else than the config does; by the id of the check. */
const FOUND_OTHERWISE: Readonly<Record<string, Cause>> = {
  'role-identity': (found, { roleArn, host }) =>
    found.startsWith(sessionArnPrefix(roleArn))
      ? {
          cause: `Something got a session of ${roleArn} that the config does not let in: its trust policy or its profile was changed.`,
          fix: 'verify --as operator compares both with the stack, and terraform apply puts them back; CreateSession in CloudTrail tells whose certificate it was.',
        }
      : {
          cause: `The credentials of this host are those of ${found}, and not of ${roleArn}.`,
          fix: host.giveRole(roleArn),
        },
  'bucket-region': (found, { bucket, region }) => ({
    cause: `The bucket ${bucket} is in ${found}, not in ${region}: the config is of another bucket, or was changed by hand.`,
    fix: `Set 'region' of the environment to ${found} and emit the config again, or name the bucket of the stack.`,
  }),
  'versioning-state': (found, { bucket }) => ({
    cause:
      found === 'Suspended'
        ? `Somebody suspended versioning of ${bucket}: what is deleted or overwritten since then is gone.`
        : `Versioning of ${bucket} was never switched on, so that this is not the bucket of the stack, or the stack was not applied in full.`,
    fix: 'terraform apply switches it on; CloudTrail tells who called PutBucketVersioning.',
  }),
  'object-encryption': (found, facts) => ({
    cause: `New objects of ${facts.bucket} are stored with ${found}: its default encryption was changed, or something on the way adds an encryption header.`,
    fix: `${FOREIGN_KEY.putBack(facts)} Objects stored meanwhile keep their encryption.`,
  }),
  'backup-encryption': (found, { bucket }) => ({
    cause: `Backups are under ${found}, which is no key of the environment: whoever uploaded them asked for that key or for aws:kms without one, or the default encryption of ${bucket} was another then.`,
    fix: "Name the key as a former one in the environment file, so that the role may read what lies under it, and take it out of what uploads ask for (Vault's Master Key).",
  }),
  'version-kept': (_found, { bucket }) => ({
    cause: `The bucket ${bucket} has no default retention any more, so that new versions are not locked.`,
    fix: `terraform apply puts it back; aws s3api get-object-lock-configuration --bucket ${bucket} shows it. Versions written meanwhile have no lock.`,
  }),
};

const NOT_AS_WRITTEN: Omit<Diagnosis, 'id'> = {
  cause:
    "The answer was a success, but not S3's to this request: something on the way changes or caches answers, or the server is not S3.",
  fix: 'Look at the proxy first, then at AWS_ENDPOINT_URL and endpoint_url in ~/.aws/config. vault-env doctor shows the certificate of each endpoint.',
};

/** Why a call that worked did not bring what it must. Pure. */
export function foundOtherwise(checkId: string, found: string, facts: EnvironmentFacts): Diagnosis {
  const cause = FOUND_OTHERWISE[checkId];
  return cause === undefined ? { id: 'not-as-written', ...NOT_AS_WRITTEN } : { id: checkId, ...cause(found, facts) };
}
