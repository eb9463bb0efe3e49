import { authorize } from '../../service/access';
import { requireText } from '../../service/parameters';
import type { Call } from '../../service/service';
import { notImplemented } from '../../wire/http/aws-error';
import type { Form } from '../../wire/protocols/query-protocol';
import type { XmlContent } from '../../wire/xml/xml';
import { PARAMETER_RULES } from '../session/parameter-rules';
import { refuseUserSession } from '../session/user-session';

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
