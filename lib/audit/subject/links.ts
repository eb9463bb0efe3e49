import type { References } from '../stack/resolve-references';
import type { StackDocument, StackResource } from '../stack/stack-document';
import { UnknownValue } from '../stack/unknown-value';
import type { Companions } from './subject';

/** `${<address>.<attribute>}` and nothing else. */
const LONE_REFERENCE = /^\$\{(.+)\.([a-z0-9_]+)\}$/;

/** The attributes by which the provider takes a target, where it does not take every one that identifies it. */
const TAKEN_BY: Readonly<Record<string, readonly string[]>> = {
  aws_iam_instance_profile: ['name', 'id'],
  aws_iam_policy: ['arn', 'id'],
  aws_iam_role: ['name', 'id'],
  aws_kms_key: ['key_id', 'id', 'arn'],
  aws_s3_bucket: ['bucket', 'id'],
};

/** Finds the resources that point at another one. */
export type FindCompanions = (type: string, argument: string, target: StackResource) => Companions;

/**
 * A companion points by reference, or by what identifies its target: a name, an id or an ARN.
 *
 * @param attributes - what identifies a target, as in `bucket` and `arn`
 */
export function companionFinder(
  { resources }: StackDocument,
  references: References,
  attributes: readonly string[] = ['name', 'bucket', 'id', 'key_id', 'arn'],
): FindCompanions {
  const identitiesOf = (target: StackResource): ReadonlySet<string> => {
    const answers = attributes.map((attribute) => references.answer(`\${${target.address}.${attribute}}`));
    return new Set(answers.flatMap((answer) => (answer.state === 'known' ? [answer.value] : [])));
  };
  const pointsAt = (given: unknown, target: StackResource): boolean | undefined => {
    if (given instanceof UnknownValue) return undefined;
    if (typeof given !== 'string') return false;
    const [, address, attribute = ''] = LONE_REFERENCE.exec(given) ?? [];
    const taken = TAKEN_BY[target.type] ?? attributes;
    if (address === target.address) return taken.includes(attribute) ? true : undefined;
    const answer = references.answer(given);
    if (answer.state === 'known') return identitiesOf(target).has(answer.value);
    return resources.some((one) => one.address === address) ? false : undefined;
  };
  return (type, argument, target) => {
    const ofType = resources.filter((resource) => resource.type === type);
    const asked = ofType.map((resource) => ({ resource, points: pointsAt(resource.arguments[argument], target) }));
    return {
      found: asked.filter(({ points }) => points === true).map(({ resource }) => resource),
      doubtful: asked.filter(({ points }) => points === undefined).map(({ resource }) => resource),
    };
  };
}
