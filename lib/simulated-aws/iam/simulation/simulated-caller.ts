import type { AccountState } from '../../state/account-state';
import type { Role, User } from '../../state/services/iam-state';
import type { Form } from '../../wire/protocols/query-protocol';
import { invalidInput } from '../request/errors';
import type { Simulation } from './simulation';

/**
 * Whoever is simulated as the caller. A resource policy needs one, and takes users alone.
 *
 * @param source whose policies are simulated; `undefined` for policies of nobody
 * @throws {AwsError} `InvalidInput`
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export function findSimulatedCaller(
  account: AccountState,
  form: Form,
  source: User | Role | undefined,
): Simulation['caller'] {
  const arn = form.get('CallerArn') ?? source?.arn;
  if (arn !== undefined && !new RegExp(`^arn:[^:]+:iam::${account.accountId}:(user|group|role)/.+$`).test(arn)) {
    throw invalidInput(`CallerArn must be the ARN of a user, group or role of the account, got: ${arn}`);
  }
  requireUserForResourcePolicy(form, arn);
  const user = [...account.iam.users.values()].find((candidate) => candidate.arn === arn);
  return { kind: 'user', account: account.accountId, arn: arn ?? '', userId: user?.id ?? '' };
}

function requireUserForResourcePolicy(form: Form, arn: string | undefined): void {
  if (!form.has('ResourcePolicy')) return;
  if (arn === undefined) {
    throw invalidInput('CallerArn is required when a ResourcePolicy is specified.');
  }
  if (!/:user\//.test(arn)) {
    throw invalidInput(`Simulation of resource-based policies is not supported for IAM roles, got the caller: ${arn}`);
  }
}
