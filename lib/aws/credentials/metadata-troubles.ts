import type { MetadataAnswer } from './ask-metadata';
import { helperTrouble } from './helper-troubles';

/** Something that keeps the instance metadata service from giving credentials. */
interface MetadataTrouble {
  readonly id: string;
  readonly fits: (answer: MetadataAnswer) => boolean;
  readonly found: (answer: MetadataAnswer) => string;
  readonly fix: string | ((answer: MetadataAnswer) => string);
}

const MODIFY = 'aws ec2 modify-instance-metadata-options --instance-id <id>';

const LOOK_AT_LOG =
  'Look at the log of what serves them (journalctl -u vault-roles-anywhere for the credential helper), and run this again: EC2 may take a moment after an instance profile was attached';

/**
 * Causes by the metadata service's own answers; the first that fits counts.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_iam-ec2.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
const METADATA_TROUBLES: readonly MetadataTrouble[] = [
  {
    id: 'hop-limit',
    fits: ({ tokenStatus, plainStatus }) => tokenStatus === undefined && plainStatus !== undefined,
    found: () =>
      'the instance metadata service answers, but its token does not come back: the hop limit stops it on the way',
    fix: `${MODIFY} --http-put-response-hop-limit 2, as a container needs`,
  },
  {
    id: 'metadata-switched-off',
    fits: ({ tokenStatus }) => tokenStatus !== undefined && tokenStatus !== 200,
    found: ({ tokenStatus }) => `the instance metadata service refuses a token with HTTP ${tokenStatus}`,
    fix: `${MODIFY} --http-endpoint enabled`,
  },
  {
    id: 'metadata-late',
    fits: ({ isLate }) => isLate === true,
    found: () => 'the instance metadata service gives a token, and then no answer within a second',
    fix: 'Run this again when the host is less busy',
  },
  {
    id: 'trust-lost',
    fits: ({ trouble }) => trouble?.code === 'AssumeRoleUnauthorizedAccess',
    found: ({ trouble }) => `an instance profile is attached, but EC2 may not assume its role: ${trouble?.message}`,
    fix: 'Let the trust policy of the role admit EC2 again, or put the role back into the profile: terraform apply does both',
  },
  {
    id: 'profile-deleted',
    fits: ({ trouble }) => trouble?.code === 'InstanceProfileNotFound',
    found: ({ trouble }) => `the instance profile that is attached was deleted: ${trouble?.message}`,
    fix: 'Take it off the instance and attach the one of the environment (aws ec2 replace-iam-instance-profile-association)',
  },
  {
    id: 'metadata-trouble',
    fits: ({ trouble }) => trouble !== undefined,
    found: ({ trouble }) => `the instance metadata service says ${trouble?.code}: ${trouble?.message}`,
    fix: 'Look the code up in the troubleshooting pages of IAM roles for EC2',
  },
  {
    id: 'profile-empty',
    fits: ({ instanceProfileArn, roleName }) => instanceProfileArn !== undefined && roleName === undefined,
    found: ({ instanceProfileArn }) =>
      `the instance profile ${instanceProfileArn} is attached, and there is no role in it`,
    fix: 'Put the role into the profile: terraform apply, or aws iam add-role-to-instance-profile',
  },
  {
    id: 'credentials-refused',
    fits: ({ refusal }) => refusal !== undefined,
    found: ({ refusal }) => {
      const { status, words } = refusal ?? { status: 0, words: '' };
      const cause = helperTrouble(words)?.found;
      return `asked for the credentials of the role, the metadata service answers ${[`HTTP ${status}`, words, cause].filter(Boolean).join(': ')}`;
    },
    fix: ({ refusal }) => helperTrouble(refusal?.words ?? '')?.fix ?? LOOK_AT_LOG,
  },
  {
    id: 'empty-keys',
    fits: ({ hasEmptyKeys }) => hasEmptyKeys === true,
    found: () => 'the metadata service reports success but returns empty credentials',
    // @see https://github.com/aws/rolesanywhere-credential-helper/issues/200
    fix: 'Look at the log of what serves them, and at its certificate: aws_signing_helper serve does this up to 1.8.0 where it could not renew. Update it, and start it again',
  },
];

/** The trouble that the answers show, in words; `undefined` where they show none. */
export function metadataTrouble(answer: MetadataAnswer): { readonly found: string; readonly fix: string } | undefined {
  const trouble = METADATA_TROUBLES.find(({ fits }) => fits(answer));
  if (trouble === undefined) return undefined;
  const { found, fix } = trouble;
  return { found: found(answer), fix: typeof fix === 'string' ? fix : fix(answer) };
}
