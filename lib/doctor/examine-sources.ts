import type { CredentialFacts } from '../aws/credentials/resolve-credentials';
import type { SharedProfile } from '../aws/shared-profile';
import type { BackupEnvironment } from '../backup-environment/schema';
import { credentialSourcesOf } from '../hosts';
import type { ProcessEnvironment } from '../process-environment';
import type { Finding } from './examination';
import { examinationOf } from './hosts';

const SOURCE = { id: 'credential-source', title: 'Credentials come from where the config says' };
const KEYS = { id: 'access-keys', title: 'No access key stands beside the role' };

/** Whether the credentials that were found are those of the way that the environment names. */
export function examineSource({ mark, source }: CredentialFacts, { host }: Pick<BackupEnvironment, 'host'>): Finding {
  const found = [`They come from ${source}.`];
  if (credentialSourcesOf(host).includes(mark)) return { ...SOURCE, result: 'pass', found };
  const wrong = examinationOf(host.kind).wrongSource(host, source);
  return { ...SOURCE, result: 'fail', found: [...found, ...wrong.found], fix: wrong.fix };
}

/**
 * Access keys where Vault's SDK would find them: those of the environment and of the profile in use win over every role.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export function examineKeys(env: ProcessEnvironment, { name, withKeys }: SharedProfile): Finding {
  const winning = [
    ...(env.AWS_ACCESS_KEY_ID ? ['AWS_ACCESS_KEY_ID in the environment of this process'] : []),
    ...(withKeys.includes(name) ? [`aws_access_key_id in the profile ${name}`] : []),
  ];
  if (winning.length > 0) {
    const fix = `Take away ${winning.join(' and ')}, also where the service that runs Vault has it, and delete the key in IAM where it is a long-term one.`;
    return { ...KEYS, result: 'fail', found: [`${winning.join(', ')}: it wins over the role.`], fix };
  }
  const others = withKeys.filter((one) => one !== name);
  if (others.length === 0) return { ...KEYS, result: 'pass', found: ['Neither variables nor profiles hold one.'] };
  return {
    ...KEYS,
    result: 'note',
    found: [`Profiles with an access key, which is not in use here: ${others.join(', ')}.`],
    fix: 'Delete them: this host needs none, and whoever reads the file has them.',
  };
}
