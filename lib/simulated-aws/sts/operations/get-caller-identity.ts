import type { Call } from '../../service/service';
import type { XmlContent } from '../../wire/xml/xml';

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
