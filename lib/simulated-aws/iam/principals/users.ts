import { tryReadText, validationError } from '../../service/parameters';
import type { Call } from '../../service/service';
import type { User } from '../../state/services/iam-state';
import type { Form } from '../../wire/protocols/query-protocol';
import type { XmlContent } from '../../wire/xml/xml';
import { describeUser } from '../entities/descriptions';
import { entityArn, requirePermission } from '../request/access';
import { noSuchEntity } from '../request/errors';
import { PARAMETER_RULES } from '../request/parameter-rules';
import { resourceTagContext } from '../request/tags';

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html */
export function getUser(call: Call, form: Form): XmlContent {
  return { User: describeUser(requireUser(call, form)) };
}

/** The user that the request names, else the caller, once the caller may do this. @throws {AwsError} `AccessDenied`, `NoSuchEntity`, `ValidationError` */
export function requireUser(call: Call, form: Form): User {
  const { account } = call;
  const name = tryReadText(form, 'UserName', PARAMETER_RULES) ?? callerName(call);
  const user = account.iam.users.get(name);
  requirePermission(call, form, {
    resource: user?.arn ?? entityArn(account, 'user', '/', name),
    context: resourceTagContext(user?.tags ?? new Map()),
  });
  if (user === undefined) {
    throw noSuchEntity(`The user with name ${name} cannot be found.`);
  }
  return user;
}

function callerName({ caller }: Call): string {
  const name = caller.context['aws:username'];
  if (typeof name !== 'string') {
    throw validationError('Must specify userName when calling with non-User credentials');
  }
  return name;
}
