import type { DecidingStatement } from '../../iam';
import { describeCircumstances } from '../permission-proof/describe';
import type { DriftKind, PermissionDrift } from './drift';

const MOST_NAMES = 4;

const MORE_OR_LESS: Readonly<Record<DriftKind, readonly [can: string, how: string]>> = {
  gained: ['can now do', ''],
  lost: ['can no longer do', ''],
  widened: ['can do', ' in more circumstances'],
  narrowed: ['can do', ' in fewer circumstances'],
  moved: ['can do', ' in other circumstances'],
};

/** A sentence, as in `the role can now do s3:PutBucketPolicy on the bucket, by 'Extra' of 'arn:…'`. */
export function describeDrift({ kind, caller, actions, on, example, when, by }: PermissionDrift): string {
  const [can, how] = MORE_OR_LESS[kind];
  const circumstances = when.length === 0 ? '' : ` (${describeCircumstances(when)})`;
  const deciding = by.length === 0 ? '' : `, by ${listOf(unique(by.map(nameOf)))}`;
  const such = on.some((one) => one.includes('other')) ? ` (as ${example})` : '';
  return `${caller} ${can} ${listOf(actions)} on ${listOf(on)}${such}${how}${circumstances}${deciding}`;
}

function nameOf({ policy, statement }: DecidingStatement): string {
  return `'${statement}' of '${policy}'`;
}

function listOf(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(', ')} and ${more} more` : names.join(', ');
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
