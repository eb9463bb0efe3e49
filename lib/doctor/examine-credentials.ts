import { sessionArnPrefix } from '../arn';
import type { Answer } from '../aws/answer';
import type { CredentialFacts } from '../aws/credentials/resolve-credentials';
import { wordsOnHost } from '../backup-environment/told-host';
import { ToolkitError } from '../errors';
import type { HostKindName, HostWords } from '../hosts';
import { diagnose } from '../verify/diagnosis/diagnose';
import type { EnvironmentFacts } from '../verify/result/diagnosis';
import type { Finding } from './examination';
import { examinationOf } from './hosts';

const CREDENTIALS = { id: 'credentials', title: 'This host has temporary credentials' };
const IDENTITY = { id: 'identity', title: 'The credentials are those of the role' };

interface Host {
  readonly host: HostWords;
  /** Missing where nobody says. */
  readonly kind?: HostKindName | undefined;
  readonly now: Date;
}

/** Where credentials come from, and whether Vault would work with them. */
export function examineCredentials(facts: CredentialFacts | ToolkitError, { host, kind, now }: Host): Finding {
  if (facts instanceof ToolkitError) {
    const [found = '', ...fix] = facts.message.split('\n');
    return { ...CREDENTIALS, result: 'fail', found: [`${facts.code}: ${found}.`], fix: `${fix.join(' ')}.` };
  }
  const { isTemporary, accessKeyIdHint, source, expiration } = facts;
  const until = expiration === undefined ? '' : `, good until ${expiration.toISOString()}`;
  const found = [`${accessKeyIdHint} from ${source}${until}.`];
  const leftMs = expiration === undefined ? Number.POSITIVE_INFINITY : expiration.getTime() - now.getTime();
  const renewal = kind && examinationOf(kind).renewal;
  if (isTemporary && renewal !== undefined && leftMs < renewal.beforeEndMs) {
    const minutes = Math.max(0, Math.floor(leftMs / 60_000));
    const ending = `They end in ${minutes} min, and were not renewed: ${renewal.doneBy}.`;
    return { ...CREDENTIALS, result: 'fail', found: [...found, ending], fix: host.giveAgain };
  }
  if (isTemporary) return { ...CREDENTIALS, result: 'pass', found };
  const fix = `Remove the long-term access key from ${source}, so that ${host.giver} of this host is used.`;
  return { ...CREDENTIALS, result: 'fail', found, fix };
}

/** Who AWS says that this host is. */
export function examineIdentity(
  answer: Answer<{ readonly Arn?: string | undefined }>,
  facts: EnvironmentFacts | undefined,
): Finding {
  if (!answer.ok) {
    const found = [`GetCallerIdentity answered ${answer.code}: ${answer.message}.`];
    const diagnosis = diagnose({ call: 'GetCallerIdentity', ...answer }, facts ?? UNKNOWN);
    return { ...IDENTITY, result: 'fail', found, ...(diagnosis && { diagnoses: [diagnosis] }) };
  }
  const { Arn = 'nobody' } = answer.value;
  const found = [`AWS knows the caller as ${Arn}.`];
  if (facts === undefined)
    return { ...IDENTITY, result: 'note', found: [...found, 'Without a config there is no role to compare with.'] };
  if (Arn.startsWith(sessionArnPrefix(facts.roleArn))) return { ...IDENTITY, result: 'pass', found };
  return {
    ...IDENTITY,
    result: 'fail',
    found,
    fix: facts.host.giveRole(facts.roleArn),
  };
}

/** Stands for an environment that nobody named. */
export const UNKNOWN: EnvironmentFacts = {
  account: 'the account',
  region: 'the region',
  bucket: 'the bucket',
  roleArn: 'the role',
  keyArn: undefined,
  host: wordsOnHost(),
};
