import { authorize } from '../../service/access';
import { requireText } from '../../service/parameters';
import type { Call } from '../../service/service';
import { AwsError } from '../../wire/http/aws-error';
import type { Form } from '../../wire/protocols/query-protocol';
import { PARAMETER_RULES } from '../session/parameter-rules';
import { refuseUserSession } from '../session/session';

/**
 * Only some operations of AWS encode why they refused, and none of S3, IAM, STS or KMS does. So there is no message that
 * this account made, and every message is an invalid one.
 *
 * @throws {AwsError} `InvalidAuthorizationMessageException`
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html
 */
export function decodeAuthorizationMessage(call: Call, form: Form): never {
  requireText(form, 'EncodedMessage', PARAMETER_RULES);
  refuseUserSession(call, 'DecodeAuthorizationMessage');
  authorize(call, {
    action: 'sts:DecodeAuthorizationMessage',
    resource: '*',
    resourceAccount: call.account.accountId,
  });
  throw new AwsError(400, 'InvalidAuthorizationMessageException', 'The message is not one that this account encoded.');
}
