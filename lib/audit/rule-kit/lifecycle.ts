import { type Answer, known, unknown } from '../stack/answer';
import { blocksOf } from '../stack/argument';
import type { Arguments } from '../stack/arguments';
import type { StackResource } from '../stack/stack-document';
import type { BucketSubject, ReadArgument } from '../subject/subject';

export const LIFECYCLE = 'aws_s3_bucket_lifecycle_configuration';

/** A lifecycle rule, and whether it is about every object. */
export interface LifecycleRule {
  readonly id: string;
  readonly isEnabled: Answer<boolean>;
  readonly isUnfiltered: Answer<boolean>;
  readonly given: Arguments;
}

/** The lifecycle configuration of a bucket; absent when it has none. */
export function lifecycleOf(bucket: BucketSubject, read: ReadArgument): Answer<readonly LifecycleRule[]> {
  const { found, doubtful } = bucket.companions(LIFECYCLE);
  const [configuration] = found;
  if (configuration === undefined) {
    if (doubtful.length > 0) return unknown(`nobody can tell whose ${doubtful[0]?.address} is`);
    const inline = read(bucket.resource, 'lifecycle_rule');
    return inline.state === 'absent'
      ? inline
      : unknown("the deprecated argument 'lifecycle_rule' of the bucket is not read");
  }
  if (found.length > 1) return unknown(`${found.map(({ address }) => address).join(' and ')} replace each other`);
  const rules = blocksOf(configuration.arguments.rule);
  return rules.state === 'known' ? known(rules.value.map((given) => toRule(given, configuration, read))) : rules;
}

function toRule(given: Arguments, { address, type }: StackResource, read: ReadArgument): LifecycleRule {
  const status = read({ address, type, arguments: given }, 'status');
  return {
    id: typeof given.id === 'string' ? given.id : 'a rule without an id',
    isEnabled: enabledBy(status),
    isUnfiltered: unfiltered(given),
    given,
  };
}

function enabledBy(status: Answer<unknown>): Answer<boolean> {
  if (status.state === 'known' && status.value === 'Enabled') return known(true);
  if (status.state === 'known' && status.value === 'Disabled') return known(false);
  return status.state === 'unknown' ? status : unknown('its status is neither Enabled nor Disabled');
}

/** An empty filter, and an empty prefix, fit every object. */
function unfiltered({ filter, prefix }: Arguments): Answer<boolean> {
  if (typeof prefix === 'string' && prefix !== '') return known(false);
  const filters = blocksOf(filter);
  if (filters.state !== 'known') return filters.state === 'absent' ? known(true) : filters;
  const narrowing = filters.value.flatMap((block) => Object.values(block)).filter(narrows);
  return known(narrowing.length === 0);
}

function narrows(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return false;
  return !(Array.isArray(value) && value.length === 0);
}

/** The number at a path of a rule. */
export function numberAt({ given }: LifecycleRule, path: string, read: ReadArgument): Answer<number> {
  const found = read({ address: '', type: '', arguments: given }, path);
  return found.state === 'known' ? known(Number(found.value)) : found;
}
