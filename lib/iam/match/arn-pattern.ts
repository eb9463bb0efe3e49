import type { Template, TemplatePart } from './policy-variables';
import {
  ANY_ONE,
  ANY_ONE_IN_SEGMENT,
  ANY_RUN,
  ANY_RUN_IN_SEGMENT,
  COLON,
  matchesPattern,
  type Pattern,
} from './wildcard';

/** Colons in front of the resource part of an ARN. */
const COLONS_BEFORE_RESOURCE = 5;

/** The six components of an ARN: `arn`, partition, service, region, account, resource (which keeps its own colons). */
function splitArn(arn: string): readonly string[] {
  const components = arn.split(':');
  return [
    ...components.slice(0, COLONS_BEFORE_RESOURCE),
    ...(components.length > COLONS_BEFORE_RESOURCE ? [components.slice(COLONS_BEFORE_RESOURCE).join(':')] : []),
  ];
}

/** Splits a pattern as `splitArn` splits an ARN. */
export function splitArnPattern(pattern: Pattern): readonly Pattern[] {
  const components: number[][] = [[]];
  for (const code of pattern) {
    if (code === COLON && components.length <= COLONS_BEFORE_RESOURCE) components.push([]);
    else components.at(-1)?.push(code);
  }
  return components;
}

/**
 * Whether each of the six components of an ARN fits the same component of the pattern, as the ARN condition operators compare.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function matchesArnComponents(pattern: readonly Pattern[], arn: string): boolean {
  const components = splitArn(arn);
  if (components.length !== COLONS_BEFORE_RESOURCE + 1 || pattern.length !== components.length) return false;
  return pattern.every((component, index) => matchesPattern(component, components[index] ?? ''));
}

/**
 * Narrows the wildcards of a `Resource` pattern to their ARN segment.
 *
 * In front of the resource part a wildcard stays inside its segment, except a `*` that ends the segment: that one runs on.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function toSegmentWildcards(template: Template): Template {
  let colons = 0;
  return template.map((part): TemplatePart => {
    if (part.kind === 'variable') return part;
    const codes = part.codes.map((code, index) => {
      if (code === COLON) colons++;
      return colons < COLONS_BEFORE_RESOURCE ? toSegmentWildcard(code, part.codes[index + 1]) : code;
    });
    return { kind: 'codes', codes };
  });
}

function toSegmentWildcard(code: number, next: number | undefined): number {
  if (code === ANY_ONE) return ANY_ONE_IN_SEGMENT;
  return code === ANY_RUN && next !== undefined && next !== COLON ? ANY_RUN_IN_SEGMENT : code;
}
