import type { Call } from '../../service/service';
import type { Form } from '../../wire/protocols/query-protocol';
import type { XmlContent } from '../../wire/xml/xml';
import { requirePermission } from '../request/access';

/** The account has no alias. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html */
export function listAccountAliases(call: Call, form: Form): XmlContent {
  requirePermission(call, form, { resource: '*' });
  return { AccountAliases: {}, IsTruncated: false };
}
