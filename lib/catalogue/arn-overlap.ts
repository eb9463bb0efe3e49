import { ANY_ONE, ANY_RUN, COLON, type Pattern, parseWildcards } from '../iam/match/wildcard';

const SLASH = 47;
/** Any one character of a name without `/` and `:`. */
const NAME_ONE = -11;
/** Any run of such characters. */
const NAME_RUN = -12;

/** Variables of the reference whose values hold neither slash nor colon; of the others it does not say, so they may. */
const NAMES: ReadonlySet<string> = new Set(['Partition', 'Region', 'Account', 'BucketName', 'AccessPointName']);

/**
 * Whether a `Resource` pattern matches some ARN of a resource type; a policy variable may have any value.
 *
 * @param arnPattern - in the notation of the service authorization reference: `arn:${Partition}:s3:::${BucketName}`
 */
export function overlapsArnPattern(resource: string, arnPattern: string): boolean {
  if (areOfTwoServices(resource, arnPattern)) return false;
  return overlaps(parseWildcards(withAnyValues(resource)), parseArnPattern(arnPattern));
}

/** Nearly every pair is, and needs no walk; a wildcard in front of the service leaves it open. */
function areOfTwoServices(resource: string, arnPattern: string): boolean {
  const asked = /^arn:[^:*?$]*:([^:*?$]*):/.exec(resource)?.[1];
  const taken = /^arn:\$\{Partition\}:([^:*?$]*):/.exec(arnPattern)?.[1];
  return asked !== undefined && taken !== undefined && asked !== taken;
}

/** With `*` for each variable. A search that tried `${…}` anew at each `${` would be quadratic in those left open. */
function withAnyValues(resource: string): string {
  const last = resource.lastIndexOf('}') + 1;
  return resource.slice(0, last).replaceAll(/\$\{[^}]*\}/g, '*') + resource.slice(last);
}

/** A variable stands for at least one character. */
function parseArnPattern(text: string): Pattern {
  return text.split(/\$\{([^}]*)\}/).flatMap((part, index) => {
    if (index % 2 === 0) return parseWildcards(part);
    return NAMES.has(part) ? [NAME_ONE, NAME_RUN] : [ANY_ONE, ANY_RUN];
  });
}

/** Walks both patterns at once over the texts that both can match; a state is a place in each. */
function overlaps(left: Pattern, right: Pattern): boolean {
  const seen = new Uint8Array((left.length + 1) * (right.length + 1));
  const open: (readonly [number, number])[] = [[0, 0]];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const [i, j] = state;
    if (i === left.length && j === right.length) return true;
    const id = i * (right.length + 1) + j;
    if (seen[id] === 1) continue;
    seen[id] = 1;
    const [a, b] = [left[i], right[j]];
    if (isRun(a)) open.push([i + 1, j]);
    if (isRun(b)) open.push([i, j + 1]);
    if (canShare(a, b)) open.push([isRun(a) ? i : i + 1, isRun(b) ? j : j + 1]);
  }
  return false;
}

function isRun(code: number | undefined): boolean {
  return code === ANY_RUN || code === NAME_RUN;
}

/** Whether one character fits both codes. */
function canShare(a: number | undefined, b: number | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  if (a >= 0 && b >= 0) return a === b;
  return fitsName(a, b) && fitsName(b, a);
}

function fitsName(code: number, other: number): boolean {
  const isName = code === NAME_ONE || code === NAME_RUN;
  return !(isName && (other === SLASH || other === COLON));
}
