import { ToolkitError } from '../../errors';
import { evaluate, parsePolicy } from '../../iam';
import { administrator, auditedAccount } from '../rule-kit/callers';
import { type Answer, known, unknown } from '../stack/answer';
import { valueAt } from '../stack/argument';
import type { Arguments } from '../stack/arguments';
import type { Place } from '../stack/place';
import type { Comparison } from './loss';

const ACTION = 'kms:ScheduleKeyDeletion';

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-adding-permission.html */
export const DELETION_ADMITTED: Comparison = {
  what: 'deletion-admitted',
  find: (before, after, place) => {
    const [was, is] = [admits(before, place), admits(after, place)];
    if (was.state === 'known' && (was.value || (is.state === 'known' && !is.value))) return [];
    const isCertain = was.state === 'known' && is.state === 'known';
    const detail = isCertain
      ? `the key policy lets an administrator delete the key (${ACTION}), which it refused until now`
      : 'whether the key policy newly lets an administrator delete the key is not known';
    const textOf = (one: Answer<boolean>) =>
      one.state === 'known' ? `${ACTION} ${one.value ? 'allowed' : 'refused'}` : '(unknown)';
    const texts = { path: 'policy', was: textOf(was), is: textOf(is) };
    return texts.was === texts.is ? [] : [{ ...texts, detail, isCertain }];
  },
};

/** A key without a policy gets the one that admits everything to the account. */
function admits(settings: Arguments, place: Partial<Place>): Answer<boolean> {
  const text = valueAt(settings, 'policy');
  if (text.state === 'unknown') return text;
  if (text.state === 'absent') return known(true);
  const { principal, identity, context } = administrator({ place });
  const account = auditedAccount({ place });
  const { partition = 'aws', region = 'us-east-1' } = place;
  const resource = `arn:${partition}:kms:${region}:${account}:key/00000000-0000-4000-8000-000000000000`;
  try {
    const policy = parsePolicy(
      String(text.value).replaceAll('$${', () => '${'),
      'the key policy',
      { kind: 'resource' },
    );
    const request = { principal, action: ACTION, resource, resourceAccount: account, context };
    return known(evaluate(request, { identity, key: policy }).result === 'allowed');
  } catch (error) {
    if (error instanceof ToolkitError) return unknown(error.message);
    throw error;
  }
}
