import { requireText } from '../../service/parameters';
import type { Call } from '../../service/service';
import type { OpenIdConnectProvider } from '../../state/services/iam-state';
import type { Form } from '../../wire/protocols/query-protocol';
import { type Context, requirePermission } from '../request/access';
import { invalidInput, noSuchEntity } from '../request/errors';
import { PARAMETER_RULES } from '../request/parameter-rules';
import { resourceTagContext } from '../request/tags';

/** A request for a provider that may not be there, once the caller may do this to it. */
export interface RequestedProvider {
  readonly arn: string;
  readonly provider: OpenIdConnectProvider | undefined;
}

/** @throws {AwsError} `AccessDenied`, `InvalidInput` */
export function requestedProvider(call: Call, form: Form, context: Context = {}): RequestedProvider {
  const arn = requireText(form, 'OpenIDConnectProviderArn', PARAMETER_RULES);
  if (!/^arn:[^:]+:iam::\d{12}:oidc-provider\/.+$/.test(arn)) {
    throw invalidInput(`Invalid ARN: ${arn}`);
  }
  const provider = call.account.iam.openIdConnectProviders.get(arn);
  requirePermission(call, form, {
    resource: arn,
    context: { ...resourceTagContext(provider?.tags ?? new Map()), ...context },
  });
  return { arn, provider };
}

/** As {@link requestedProvider}. @throws {AwsError} also `NoSuchEntity` */
export function requireProvider(call: Call, form: Form, context: Context = {}): OpenIdConnectProvider {
  const { arn, provider } = requestedProvider(call, form, context);
  if (provider === undefined) {
    throw noSuchEntity(`OpenIDConnect Provider not found for arn ${arn}`);
  }
  return provider;
}
