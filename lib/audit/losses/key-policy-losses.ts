import { ToolkitError } from '../../errors';
import { parsePolicy } from '../../iam';
import { grantsOf } from '../rule-kit/key-grants';
import { type Answer, known, unknown } from '../stack/answer';
import { valueAt } from '../stack/argument';
import type { Arguments } from '../stack/arguments';
import type { Comparison } from './loss';

const ACTION = 'kms:ScheduleKeyDeletion';

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-adding-permission.html */
export const DELETION_ADMITTED: Comparison = {
  what: 'deletion-admitted',
  find: (before, after) => {
    const [was, is] = [admits(before), admits(after)];
    if (was.state === 'known' && (was.value || (is.state === 'known' && !is.value))) return [];
    const isCertain = was.state === 'known' && is.state === 'known';
    const detail = isCertain
      ? `the key policy lets somebody delete the key (${ACTION}), which it refused until now`
      : 'whether the key policy newly lets somebody delete the key is not known';
    const textOf = (one: Answer<boolean>) =>
      one.state === 'known' ? `${ACTION} ${one.value ? 'allowed' : 'refused'}` : '(unknown)';
    const texts = { path: 'policy', was: textOf(was), is: textOf(is) };
    return texts.was === texts.is ? [] : [{ ...texts, detail, isCertain }];
  },
};

/** A key without a policy gets the one that admits everything to the account. */
function admits(settings: Arguments): Answer<boolean> {
  const text = valueAt(settings, 'policy');
  if (text.state === 'unknown') return text;
  if (text.state === 'absent') return known(true);
  try {
    const policy = parsePolicy(
      String(text.value).replaceAll('$${', () => '${'),
      'the key policy',
      { kind: 'resource' },
    );
    return known(grantsOf(policy, ACTION).length > 0);
  } catch (error) {
    if (error instanceof ToolkitError) return unknown(error.message);
    throw error;
  }
}
