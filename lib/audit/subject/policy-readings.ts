import { ToolkitError } from '../../errors';
import { type Policy, type PolicyKind, parsePolicy } from '../../iam';
import { ABSENT, type Answer, known, unknown } from '../stack/answer';
import type { StackDocument, StackResource } from '../stack/stack-document';
import type { PolicyReading, ReadArgument } from './subject';

/** The arguments that hold policy documents, by type. */
const PLACES: Readonly<Record<string, { readonly argument: string; readonly kind: PolicyKind }>> = {
  aws_iam_role: { argument: 'assume_role_policy', kind: 'trust' },
  aws_iam_policy: { argument: 'policy', kind: 'identity' },
  aws_iam_role_policy: { argument: 'policy', kind: 'identity' },
  aws_iam_user_policy: { argument: 'policy', kind: 'identity' },
  aws_iam_group_policy: { argument: 'policy', kind: 'identity' },
  aws_s3_bucket_policy: { argument: 'policy', kind: 'resource' },
  aws_kms_key: { argument: 'policy', kind: 'resource' },
  aws_kms_key_policy: { argument: 'policy', kind: 'resource' },
};

/** Every policy document of the stack; a key without one is left out. */
export function readPolicyDocuments({ resources }: StackDocument, read: ReadArgument): readonly PolicyReading[] {
  return resources.flatMap((resource) => {
    const place = PLACES[resource.type];
    if (place === undefined) return [];
    const text = textOf(resource, place.argument, read);
    if (text.state === 'absent' && resource.type === 'aws_kms_key') return [];
    return [{ resource, ...place, text, policy: parse(text, resource.address, place.kind) }];
  });
}

function textOf(resource: StackResource, argument: string, read: ReadArgument): Answer<string> {
  const given = read(resource, argument);
  if (given.state !== 'known') return given;
  return typeof given.value === 'string' ? known(given.value) : known(JSON.stringify(given.value));
}

function parse(text: Answer<string>, name: string, kind: PolicyKind): Answer<Policy> {
  if (text.state !== 'known') return text;
  try {
    return known(parsePolicy(text.value, name, { kind }));
  } catch (error) {
    if (error instanceof ToolkitError) return unknown(error.message);
    throw error;
  }
}

/** Finds the policy of a resource; absent when it has none. */
export function policyOf(readings: readonly PolicyReading[], resource: StackResource | undefined): Answer<Policy> {
  return readings.find((reading) => reading.resource === resource)?.policy ?? ABSENT;
}
