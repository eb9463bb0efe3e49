import { ToolkitError } from '../../../errors';
import { type PolicyKind, parsePolicy, takingUnknownKeys } from '../../../iam';
import type { Policy } from '../../../iam/types';
import { validationError } from '../../service/parameters';
import type { IamState, PolicyDocument, Role, User } from '../../state/services/iam-state';
import { defaultVersion } from '../entities/effective-policies';
import { isOfAws } from '../request/access';
import { invalidInput } from '../request/errors';

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_Statement.html */
export type SourcePolicyType = 'aws-managed' | 'none' | 'resource' | 'role' | 'user-managed';

/** A policy that takes part in a simulation. */
export interface SimulatedPolicy {
  readonly sourceId: string;
  readonly type: SourcePolicyType;
  readonly text: string;
  /** Its name is one that no other policy of the simulation has. */
  readonly parsed: Policy;
}

/** White space counts. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html */
const MAX_INPUT_CHARACTERS = 131_072;

/** A policy that came with the request. @throws {AwsError} `InvalidInput`; `ValidationError` over 131,072 characters */
export function readInputPolicy(
  text: string,
  { sourceId, type = 'none', kind = 'identity' }: { sourceId: string; type?: SourcePolicyType; kind?: PolicyKind },
): SimulatedPolicy {
  if (text.length > MAX_INPUT_CHARACTERS) {
    throw validationError(`${sourceId} must have length less than or equal to ${MAX_INPUT_CHARACTERS}`);
  }
  try {
    return { sourceId, type, text, parsed: takingUnknownKeys(parsePolicy(text, `${type}/${sourceId}`, { kind })) };
  } catch (error) {
    throw error instanceof ToolkitError ? invalidInput(error.message) : error;
  }
}

/** The policies that a user or a role has. */
export function policiesOf(
  state: IamState,
  entity: Pick<User, 'attachedPolicyArns'> & Partial<Role>,
): readonly SimulatedPolicy[] {
  const inline = [...(entity.inlinePolicies ?? [])].map(([name, document]) => toSimulated(name, 'role', document));
  return [...entity.attachedPolicyArns.flatMap((arn) => managedPolicy(state, arn)), ...inline];
}

/** A managed policy as it is in force; none when it is gone. */
export function managedPolicy(state: IamState, arn: string): readonly SimulatedPolicy[] {
  const policy = state.policies.get(arn);
  if (policy === undefined) return [];
  const type = isOfAws(arn) ? 'aws-managed' : 'user-managed';
  return [toSimulated(policy.name, type, defaultVersion(policy).document)];
}

function toSimulated(sourceId: string, type: SourcePolicyType, { text, parsed }: PolicyDocument): SimulatedPolicy {
  return { sourceId, type, text, parsed: { ...parsed, name: `${type}/${sourceId}` } };
}
