import { authorize } from '../../service/access';
import { requireText } from '../../service/parameters';
import type { Call } from '../../service/service';
import { notImplemented } from '../../wire/http/aws-error';
import type { Form } from '../../wire/protocols/query-protocol';
import type { XmlContent } from '../../wire/xml/xml';
import { PARAMETER_RULES } from '../session/parameter-rules';
import { refuseUserSession } from '../session/session';

/**
 * The account of an access key. Which account a key of nobody here belongs to cannot be told.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html
 */
export function getAccessKeyInfo(call: Call, form: Form): XmlContent {
  const { account } = call;
  const accessKeyId = requireText(form, 'AccessKeyId', PARAMETER_RULES);
  refuseUserSession(call, 'GetAccessKeyInfo');
  authorize(call, { action: 'sts:GetAccessKeyInfo', resource: '*', resourceAccount: account.accountId });
  if (!account.iam.accessKeys.has(accessKeyId)) {
    throw notImplemented(`sts:GetAccessKeyInfo for '${accessKeyId}', which is no access key of this account`);
  }
  return { Account: account.accountId };
}

/**
 * Who the caller is. It needs no permission, and no policy can deny it.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export function getCallerIdentity({ caller: { principal } }: Call): XmlContent {
  if (principal.kind !== 'user' && principal.kind !== 'role-session') {
    throw new Error(`sts:GetCallerIdentity was asked by a ${principal.kind} principal`);
  }
  return { Arn: principal.arn, UserId: principal.userId, Account: principal.account };
}
