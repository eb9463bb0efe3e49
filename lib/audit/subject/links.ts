import type { References } from '../stack/resolve-references';
import type { StackDocument, StackResource } from '../stack/stack-document';
import { UnknownValue } from '../stack/unknown-value';
import type { Companions } from './subject';

/** `${<address>.<attribute>}` and nothing else. */
const LONE_REFERENCE = /^\$\{(.+)\.[a-z0-9_]+\}$/;

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
    if (LONE_REFERENCE.exec(given)?.[1] === target.address) return true;
    const answer = references.answer(given);
    if (answer.state === 'known') return identitiesOf(target).has(answer.value);
    const other = LONE_REFERENCE.exec(given)?.[1];
    return resources.some(({ address }) => address === other) ? false : undefined;
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
