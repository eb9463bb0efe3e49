import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import type { SharedProfile } from '../aws/shared-profile';
import type { BackupEnvironment } from '../backup-environment/schema';
import { optionOf, wordsOf } from './certificate/certificate-files';
import type { Finding } from './examination';

const ABOUT = { id: 'credential-process', title: 'The AWS configuration runs the credential helper' };

type OnPremises = Extract<BackupEnvironment['host'], { readonly kind: 'on-premises' }>;

/**
 * The line `credential_process` of the profile: whether it is there, its program is, and it asks for the session of the config.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/credential-helper.html
 */
export function examineCredentialProcess(
  host: OnPremises,
  { aws }: Pick<BackupEnvironment, 'aws'>,
  { name, credentialProcess }: SharedProfile,
): Finding {
  const fail = (found: string, fix: string): Finding => ({ ...ABOUT, result: 'fail', found: [found], fix });
  if (credentialProcess === undefined) {
    const found = `The profile ${name} of ~/.aws/config (AWS_CONFIG_FILE) has no line credential_process.`;
    return fail(
      found,
      'Take the file aws-config of host/, which emit wrote, or name it with AWS_CONFIG_FILE for the service that runs Vault.',
    );
  }
  const words = wordsOf(credentialProcess);
  const [program = ''] = words;
  if (isAbsolute(program) && !existsSync(program)) {
    return fail(
      `Its program ${program} is not there.`,
      "Install AWS's rolesanywhere-credential-helper there, or correct the line.",
    );
  }
  const expected = [
    ['--trust-anchor-arn', host.trustAnchorArn],
    ['--profile-arn', host.profileArn],
    ['--role-arn', aws.roleArn],
  ] as const;
  const wrong = expected.filter(([option, value]) => optionOf(words, option) !== value);
  if (wrong.length === 0) return { ...ABOUT, result: 'pass', found: [`The profile ${name} runs ${program}.`] };
  return {
    ...ABOUT,
    result: 'fail',
    found: wrong.map(([option]) => `Its line says ${option} ${optionOf(words, option) ?? 'nowhere'}.`),
    fix: `Let the line say ${wrong.map((pair) => pair.join(' ')).join(' ')}, as the file aws-config of host/ does.`,
  };
}
