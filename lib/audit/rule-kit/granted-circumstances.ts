import type { Policy } from '../../iam';
import type { Circumstances } from './bucket-questions';

/** Keys about who asks, whom AWS names; nobody can bring a value of theirs along. */
const ABOUT_THE_CALLER =
  /^(aws:principal(account|arn|isawsservice|servicename.*|type|tag\/.*)|aws:(userid|username|source(arn|account))|kms:calleraccount)$/i;
const NEGATED = /^(forallvalues:|foranyvalue:)?(null|bool|\w*not\w*)/i;

/**
 * The circumstances in which each statement of the policy allows something, so that nobody is taken for kept out because
 * a request came without the key that a condition asks for: an address, an organization, a name of a program.
 */
export function grantedCircumstances({ statements }: Policy): readonly Circumstances[] {
  return statements
    .filter(({ effect, conditions }) => effect === 'Allow' && conditions.length > 0)
    .map(({ conditions }) =>
      Object.fromEntries(
        conditions.flatMap(({ operator, key, values: [value] }) =>
          value === undefined || NEGATED.test(operator) || ABOUT_THE_CALLER.test(key)
            ? []
            : [
                [
                  key,
                  value.replaceAll(/[*?]/g, 'a').replace(/\/\d{1,3}$/, operator.startsWith('IpAddress') ? '' : '$&'),
                ],
              ],
        ),
      ),
    );
}
