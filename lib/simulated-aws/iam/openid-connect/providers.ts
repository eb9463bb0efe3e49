import { readList, requireText } from '../../service/parameters';
import type { Call } from '../../service/service';
import type { Form } from '../../wire/protocols/query-protocol';
import type { XmlContent } from '../../wire/xml/xml';
import { describeTime } from '../entities/descriptions';
import { entityArn, requirePermission } from '../request/access';
import { entityAlreadyExists, limitExceeded } from '../request/errors';
import { PARAMETER_RULES } from '../request/parameter-rules';
import { describeTags, readTags, requestTagContext, requireTagLimit } from '../request/tags';
import { requestedProvider, requireProvider } from './access';
import { addProvider } from './import-provider';
import { readProviderUrl, requireClientIds, requireThumbprints } from './provider-values';

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MAX_PROVIDERS = 100;

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html */
export function createOpenIdConnectProvider(call: Call, form: Form): XmlContent {
  const { account } = call;
  const providers = account.iam.openIdConnectProviders;
  const url = readProviderUrl(requireText(form, 'Url', PARAMETER_RULES));
  const arn = entityArn(account, 'oidc-provider', '/', url);
  const tags = readTags(form);
  const context = requestTagContext(tags);
  requirePermission(call, form, { resource: arn, context });
  if (tags.size > 0) {
    requirePermission(call, form, { action: 'iam:TagOpenIDConnectProvider', resource: arn, context });
  }
  if (providers.has(arn)) {
    throw entityAlreadyExists(`Provider with url https://${url} already exists.`);
  }
  if (providers.size >= MAX_PROVIDERS) {
    throw limitExceeded(`Cannot exceed quota for OpenIdConnectProvidersPerAccount: ${MAX_PROVIDERS}`);
  }
  requireTagLimit(tags, 'OpenIdConnectProvider');
  const clientIds = requireClientIds(readList(form, 'ClientIDList'));
  const thumbprints = requireThumbprints(readList(form, 'ThumbprintList'));
  addProvider(account, { url, clientIds, thumbprints, tags });
  return { OpenIDConnectProviderArn: arn, ...(tags.size === 0 ? {} : { Tags: describeTags(tags) }) };
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html */
export function getOpenIdConnectProvider(call: Call, form: Form): XmlContent {
  const { url, clientIds, thumbprints, createdAt, tags } = requireProvider(call, form);
  return {
    Url: url,
    CreateDate: describeTime(createdAt),
    ClientIDList: { member: clientIds },
    ThumbprintList: { member: thumbprints },
    ...(tags.size === 0 ? {} : { Tags: describeTags(tags) }),
  };
}

/** It comes in one page. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html */
export function listOpenIdConnectProviders(call: Call, form: Form): XmlContent {
  requirePermission(call, form, { resource: '*' });
  const providers = [...call.account.iam.openIdConnectProviders.keys()];
  return { OpenIDConnectProviderList: { member: providers.map((Arn) => ({ Arn })) } };
}

/**
 * One that is not there is deleted as well.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteOpenIDConnectProvider.html
 */
export function deleteOpenIdConnectProvider(call: Call, form: Form): undefined {
  const { arn } = requestedProvider(call, form);
  call.account.iam.openIdConnectProviders.delete(arn);
}
