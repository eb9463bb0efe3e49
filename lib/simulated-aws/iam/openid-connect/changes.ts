import { readList, requireText } from '../../service/parameters';
import type { Call } from '../../service/service';
import type { OpenIdConnectProvider } from '../../state/services/iam-state';
import type { Form } from '../../wire/protocols/query-protocol';
import { PARAMETER_RULES } from '../request/parameter-rules';
import { requireProvider } from './access';
import { requireClientIds, requireThumbprints } from './provider-values';

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddClientIDToOpenIDConnectProvider.html */
export function addClientId(call: Call, form: Form): undefined {
  const clientId = requireText(form, 'ClientID', PARAMETER_RULES);
  change(call, form, ({ clientIds }) => ({ clientIds: requireClientIds([...clientIds, clientId]) }));
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveClientIDFromOpenIDConnectProvider.html */
export function removeClientId(call: Call, form: Form): undefined {
  const clientId = requireText(form, 'ClientID', PARAMETER_RULES);
  change(call, form, ({ clientIds }) => ({ clientIds: clientIds.filter((other) => other !== clientId) }));
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateOpenIDConnectProviderThumbprint.html */
export function updateThumbprint(call: Call, form: Form): undefined {
  change(call, form, () => ({ thumbprints: requireThumbprints(readList(form, 'ThumbprintList')) }));
}

function change(
  call: Call,
  form: Form,
  changed: (provider: OpenIdConnectProvider) => Partial<OpenIdConnectProvider>,
): void {
  const provider = requireProvider(call, form);
  call.account.iam.openIdConnectProviders.set(provider.arn, { ...provider, ...changed(provider) });
}
