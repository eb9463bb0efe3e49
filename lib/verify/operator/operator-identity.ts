import { accountOf, nameOf } from '../../arn';
import type { Refused } from '../../aws/answer';
import type { ControlPlane } from '../../aws/control-plane';
import { expiredCredentials } from '../../aws/credentials/resolve-credentials';
import type { BackupEnvironment } from '../../backup-environment/schema';
import { wordsOnHost } from '../../backup-environment/told-host';
import { ToolkitError } from '../../errors';
import { diagnose } from '../diagnosis/diagnose';

export interface Operator {
  readonly arn: string;
  /** Notes for a person about the credentials. */
  readonly warning: string | undefined;
  /** Where they come from, and when they run out. */
  readonly credentials: { readonly source: string; readonly expiration?: string };
}

/** As much of an environment as tells its operators from others. */
interface OperatedEnvironment {
  readonly environment: string;
  readonly aws: Pick<BackupEnvironment['aws'], 'account' | 'region' | 'roleArn'>;
}

const EXPIRED = /^ExpiredToken/;

/**
 * Who reads the control plane: somebody of the environment's account, but not its role.
 *
 * A long-term access key is taken, with a warning: the operator reads once and from elsewhere, and nothing of this run
 * depends on the key staying.
 *
 * @throws {ToolkitError} `NoCredentials`, `ExpiredCredentials`, `NotIdentified`, `AnotherAccount`, `NotAnOperator`
 */
export async function identifyOperator(
  { resolveCredentials, sts }: ControlPlane,
  { aws, environment }: OperatedEnvironment,
): Promise<Operator> {
  const facts = await resolveCredentials();
  const answer = await sts.getCallerIdentity({});
  if (!answer.ok && EXPIRED.test(answer.code)) throw expiredCredentials(facts);
  if (!answer.ok && answer.code === 'AbortError') throw new DOMException(answer.message, 'AbortError');
  if (!answer.ok) throw notIdentified(answer, aws);
  const { Account = '', Arn = '' } = answer.value;
  if (Account !== aws.account) throw anotherAccount({ environment, expected: aws.account, got: `${Account} (${Arn})` });
  if (isSessionOf(aws.roleArn, Arn)) throw notAnOperator(Arn);
  const key = `a long-term access key (${facts.accessKeyIdHint}, from ${facts.source})`;
  const warning = facts.isTemporary ? undefined : `the operator's credentials are ${key}: a role session is safer`;
  const { source, expiration } = facts;
  return { arn: Arn, warning, credentials: { source, ...(expiration && { expiration: expiration.toISOString() }) } };
}

/** The ARN of a session leaves out the role's path. */
function isSessionOf(roleArn: string, arn: string): boolean {
  if (accountOf(arn) !== accountOf(roleArn)) return false;
  return (
    arn
      .split(':')
      .at(-1)
      ?.startsWith(`assumed-role/${nameOf(roleArn)}/`) ?? false
  );
}

function notIdentified({ code, message, ...refused }: Refused, aws: OperatedEnvironment['aws']): ToolkitError {
  const facts = { ...aws, bucket: '', keyArn: undefined, host: wordsOnHost() };
  const found = diagnose({ call: 'GetCallerIdentity', code, message, ...refused }, facts);
  const fix =
    found === undefined
      ? 'Run vault-env doctor to see what keeps this machine from AWS'
      : `${found.cause}\n${found.fix}`;
  return new ToolkitError(
    'NotIdentified',
    `'sts:GetCallerIdentity' must tell who the operator is, got: ${code}: ${message}\n${fix}`,
  );
}

interface Accounts {
  readonly environment: string;
  readonly expected: string;
  readonly got: string;
}

function anotherAccount({ environment, expected, got }: Accounts): ToolkitError {
  return new ToolkitError(
    'AnotherAccount',
    `the operator's credentials must be of the account of '${environment}', ${expected}, got: ${got}\n` +
      'Name a profile of that account with --operator-profile',
  );
}

function notAnOperator(arn: string): ToolkitError {
  return new ToolkitError(
    'NotAnOperator',
    `the operator's credentials must be an administrator's, got: a session of the Vault role, ${arn}\n` +
      'Leave out --as operator on the Vault host, or name an administrator with --operator-profile',
  );
}
