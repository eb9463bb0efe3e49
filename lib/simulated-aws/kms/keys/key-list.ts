import type { Input } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import { authorizeWithoutKey } from '../access/key-access';
import { currentKeys } from '../request/key-identifier';
import type { Output } from '../request/operation';
import { page } from '../request/pages';

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html */
export function listKeys(call: Call, input: Input): Output {
  authorizeWithoutKey(call, '*', { action: 'kms:ListKeys' });
  const items = currentKeys(call.account).map((key) => ({ KeyId: key.keyId, KeyArn: key.arn }));
  return page(input, { name: 'Keys', items }, { default: 100, max: 1000 });
}
