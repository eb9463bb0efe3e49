import { blocksOf, valueAt } from '../stack/argument';
import type { Arguments } from '../stack/arguments';
import { UnknownValue } from '../stack/unknown-value';

/** Something that a lifecycle rule does to objects after a time. */
export interface LifecycleAct {
  readonly path: string;
  readonly filter: LifecycleFilter;
  /** Days until it is done, of a version since it became noncurrent; missing where a date says so. */
  readonly days?: number;
  readonly date?: string;
  /**
   * Newest noncurrent versions of each object that it leaves however long they have been noncurrent; 0 to 100.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_NoncurrentVersionExpiration.html
   */
  readonly newerVersions: number;
  readonly storageClass?: string;
}

/** The objects that a rule is about. */
export interface LifecycleFilter {
  readonly prefix: string;
  /** Tags and sizes, as text; empty when it has none. */
  readonly others: string;
}

/** Where a kind of act stands in a rule. */
export interface ActShape {
  readonly block: string;
  readonly days: string;
}

/** The acts of one kind that the enabled rules do; `unknown` when not all of them can be told. */
export function actsOf(configuration: Arguments, { block, days }: ActShape): readonly LifecycleAct[] | 'unknown' {
  const rules = blocksOf(configuration.rule);
  if (rules.state === 'unknown') return 'unknown';
  const acts: LifecycleAct[] = [];
  for (const [index, rule] of (rules.state === 'known' ? rules.value : []).entries()) {
    const read = { status: rule.status, block: rule[block], filter: rule.filter };
    if (hasUnknown(read)) return 'unknown';
    if (rule.status !== 'Enabled') continue;
    const blocks = blocksOf(rule[block]);
    for (const given of blocks.state === 'known' ? blocks.value : []) {
      const act = toAct(given, days);
      if (act !== undefined) acts.push({ ...act, path: `rule.${index}.${block}`, filter: filterOf(rule) });
    }
  }
  return acts;
}

/** The provider writes 0 days where none are set, but for a transition, which may be at once. */
function toAct(given: Arguments, days: string): Omit<LifecycleAct, 'path' | 'filter'> | undefined {
  const { newer_noncurrent_versions: newer, storage_class: storageClass, date, [days]: after } = given;
  const isSet = (value: unknown) => value !== undefined && value !== null && value !== '';
  if (!isSet(date) && !isSet(storageClass) && !isSet(newer) && Number(after ?? 0) === 0) return undefined;
  return {
    ...(isSet(date) ? { date: String(date) } : { days: Number(after ?? 0) }),
    newerVersions: Number(newer ?? 0),
    ...(isSet(storageClass) && { storageClass: String(storageClass) }),
  };
}

function filterOf(rule: Arguments): LifecycleFilter {
  const prefixes = [rule.prefix, ...['filter.prefix', 'filter.and.prefix'].map((path) => textAt(rule, path))];
  const blocks = blocksOf(rule.filter);
  const others = (blocks.state === 'known' ? blocks.value : []).map((block) => narrowing(block));
  const text = JSON.stringify(others.filter((one) => one !== undefined));
  return {
    prefix: prefixes.find((one): one is string => typeof one === 'string' && one !== '') ?? '',
    others: text === '[]' ? '' : text,
  };
}

function textAt(rule: Arguments, path: string): unknown {
  const found = valueAt(rule, path);
  return found.state === 'known' ? found.value : undefined;
}

/** The parts of a filter that narrow it besides its prefix, without those that are not set. */
function narrowing(value: unknown): unknown {
  if (Array.isArray(value)) {
    const kept = value.map(narrowing).filter((one) => one !== undefined);
    return kept.length === 0 ? undefined : kept;
  }
  if (typeof value !== 'object' || value === null) {
    return value === null || value === undefined || value === '' ? undefined : String(value);
  }
  const kept = Object.entries(value)
    .filter(([name]) => name !== 'prefix')
    .flatMap(([name, inner]) => {
      const found = narrowing(inner);
      return found === undefined ? [] : [[name, found] as const];
    })
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function hasUnknown(value: unknown): boolean {
  if (value instanceof UnknownValue) return true;
  if (typeof value === 'string') return /(^|[^$])\$\{/.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasUnknown);
}
