import { childNamed, childrenNamed, childText, type XmlElement } from '../../wire/xml/xml-element';
import { invalidRequest, malformedXml } from '../request/errors';
import { firstRepeated, type Refusal, refuse } from './refusals';

/** The predicates in the filter of a rule: the only one, or all those of its `And`. */
function predicatesOf(rule: XmlElement): XmlElement | undefined {
  const filter = childNamed(rule, 'Filter');
  return childNamed(filter, 'And') ?? filter;
}

function asksFor(rule: XmlElement, ...predicates: readonly string[]): boolean {
  return predicatesOf(rule)?.children.some(({ name }) => predicates.includes(name)) ?? false;
}

function sizeOf(rule: XmlElement, predicate: string): number {
  return Number(childText(predicatesOf(rule), predicate));
}

const tagKeysOf = (rule: XmlElement) =>
  childrenNamed(predicatesOf(rule), 'Tag').map((tag) => childText(tag, 'Key') ?? '');

const FILTER_REFUSALS: readonly Refusal<XmlElement>[] = [
  [(rule) => (childNamed(rule, 'Filter') === undefined) === (childNamed(rule, 'Prefix') === undefined), malformedXml],
  [(rule) => (childNamed(rule, 'Filter')?.children.length ?? 0) > 1, malformedXml],
  [(rule) => (childNamed(childNamed(rule, 'Filter'), 'And')?.children.length ?? 2) < 2, malformedXml],
  [(rule) => firstRepeated(tagKeysOf(rule)) !== undefined, () => invalidRequest('Duplicate Tag Keys are not allowed.')],
  [
    (rule) => sizeOf(rule, 'ObjectSizeLessThan') < 1,
    () => invalidRequest("'ObjectSizeLessThan' should be between 1 and 1099511627776000."),
  ],
  [
    (rule) => sizeOf(rule, 'ObjectSizeGreaterThan') >= sizeOf(rule, 'ObjectSizeLessThan'),
    () => invalidRequest("'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'."),
  ],
];

/** Actions on what has neither tags nor a size: an upload that is not complete, a delete marker. */
const ACTIONS: readonly (readonly [action: string, isIn: (rule: XmlElement) => boolean])[] = [
  ['AbortIncompleteMultipartUpload', (rule) => childNamed(rule, 'AbortIncompleteMultipartUpload') !== undefined],
  [
    'ExpiredObjectDeleteMarker',
    (rule) => childNamed(childNamed(rule, 'Expiration'), 'ExpiredObjectDeleteMarker') !== undefined,
  ],
];

const TRAITS: readonly (readonly [name: string, ...predicates: readonly string[]])[] = [
  ['Tags', 'Tag'],
  ['Object Size', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan'],
];

const actionRefusals: readonly Refusal<XmlElement>[] = ACTIONS.flatMap(([action, isIn]) =>
  TRAITS.map(
    ([trait, ...predicates]): Refusal<XmlElement> => [
      (rule) => isIn(rule) && asksFor(rule, ...predicates),
      () => invalidRequest(`${action} cannot be specified with ${trait}.`),
    ],
  ),
);

/**
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRuleFilter.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-filters.html
 */
export function requireLifecycleFilter(rule: XmlElement): void {
  refuse(rule, FILTER_REFUSALS);
  refuse(rule, actionRefusals);
}
