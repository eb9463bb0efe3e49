import { boundDoubt, doubtFor, factAbout } from '../rule-kit/gathered';
import { doubt, fail, pass } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';
import { isWritten } from '../stack/said';
import { strangeSettings } from '../understood/provider-settings';

const AT = 'provider.aws';

export const providerSettings: Rule = {
  id: 'provider-settings',
  title: 'Terraform deploys to AWS itself, and to the account of the environment alone',
  rationale:
    'With the credentials of another account at hand, the stack is made there, and backups go to whoever owns it.',
  reads: 'provider.aws: allowed_account_ids, forbidden_account_ids, region, and the names of its other settings',
  remedy:
    'Name the account in allowed_account_ids and the region as text, and remove endpoints and any other setting that leads elsewhere.',
  controls: { nist80053r5: ['CM-5', 'CM-6', 'AC-3'] },
  check: ({ stack: { provider, source }, place: { account, region } }) => {
    const accounts = Array.isArray(provider.allowed_account_ids) ? provider.allowed_account_ids : [];
    const evidence = [{ at: `${AT}: allowed_account_ids`, value: accounts.join(', ') || '(not set)' }];
    if (accounts.length === 0 && source === 'plan')
      return [
        boundDoubt(
          doubt(AT, 'a plan that was made without asking AWS does not show which account it is for', evidence),
        ),
      ];
    if (accounts.length !== 1 || (account !== undefined && accounts[0] !== account))
      return [fail(AT, `allowed_account_ids must be the account ${account ?? 'of the environment'} alone`, evidence)];
    if (isWritten(provider.forbidden_account_ids))
      return [fail(AT, 'Terraform takes forbidden_account_ids and allowed_account_ids never together', evidence)];
    if (provider.region === undefined)
      return [boundDoubt(doubt(AT, 'the region is whatever the environment of Terraform says', evidence))];
    if (provider.region !== region)
      return [
        boundDoubt(
          doubt(
            AT,
            `the region ${JSON.stringify(provider.region)} is not known to be that of the environment`,
            evidence,
          ),
        ),
      ];
    const strange = strangeSettings(provider);
    if (strange.length > 0)
      return [
        doubtFor(AT, [factAbout(strange, (names) => `where it leads with ${names} is not known here`)], { evidence }),
      ];
    return [pass(AT, `only the account ${accounts[0]}`, evidence)];
  },
};
