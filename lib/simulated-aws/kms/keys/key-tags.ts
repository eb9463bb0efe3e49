import { type Input, requiredStrings } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import { requireNotPendingDeletion } from '../access/key-use';
import { requestedKey, saveKey } from '../access/requested-key';
import type { Output } from '../request/operation';
import { page } from '../request/pages';
import { requestTagKeys, requestTags, requireTagQuota } from './request-tags';

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_TagResource.html */
export function tagResource(call: Call, input: Input): Output {
  const added = requestTags(input);
  const key = requestedKey(call, input, { action: 'kms:TagResource', context: requestTagKeys(added) });
  requireNotPendingDeletion(key);
  const tags = new Map([...key.tags, ...added]);
  requireTagQuota(tags);
  saveKey(call.account, { ...key, tags });
  return undefined;
}

export function untagResource(call: Call, input: Input): Output {
  const names = requiredStrings(input, 'TagKeys');
  const key = requestedKey(call, input, { action: 'kms:UntagResource', context: { 'aws:TagKeys': names } });
  requireNotPendingDeletion(key);
  saveKey(call.account, { ...key, tags: new Map([...key.tags].filter(([name]) => !names.includes(name))) });
  return undefined;
}

export function listResourceTags(call: Call, input: Input): Output {
  const key = requestedKey(call, input, { action: 'kms:ListResourceTags' });
  const items = [...key.tags].map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
  return page(input, { name: 'Tags', items }, { default: 50, max: 50 });
}
