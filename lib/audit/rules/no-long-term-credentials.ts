import { failFor } from '../rule-kit/gathered';
import { fail, pass } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';
import { holdsSecret } from '../rule-kit/secrets';
import type { Arguments } from '../stack/arguments';

const TYPES: ReadonlySet<string> = new Set([
  'aws_iam_access_key',
  'aws_iam_service_specific_credential',
  'aws_iam_user',
  'aws_iam_user_login_profile',
  'aws_iam_user_policy',
  'aws_iam_user_policy_attachment',
]);
const SETTINGS = ['access_key', 'secret_key', 'token'];

export const noLongTermCredentials: Rule = {
  id: 'no-long-term-credentials',
  title: 'There is no user, no access key, and no credential in the configuration',
  rationale: 'A key that never expires ends up in a log or a repository one day.',
  reads: `the types ${[...TYPES].join(', ')}; provider and backend: ${SETTINGS.join(', ')}; every text for what looks like a key`,
  remedy: 'Let the host use the role, and Terraform the credentials of its own environment.',
  controls: {
    fsbp: ['IAM.2', 'IAM.3'],
    cisV3: ['1.14', '1.15'],
    cisV5: ['1.13', '1.14'],
    nist80053r5: ['AC-2(1)', 'AC-2(3)', 'AC-3', 'AC-6'],
    pciDss401: ['8.3.9', '8.6.3'],
  },
  equivalents: { checkov: ['CKV_AWS_41'] },
  check: ({ stack: { resources, provider, backend } }) => {
    const users = resources.filter(({ type }) => TYPES.has(type));
    const holding = resources.filter((one) => !users.includes(one) && holdsSecret(JSON.stringify(one.arguments)));
    const written = [
      ...settingsOf(provider).map((name) => `provider.aws: ${name}`),
      ...settingsOf(backend?.settings ?? {}).map((name) => `terraform.backend: ${name}`),
    ];
    const found = [
      ...users.map(({ address, type }) => fail(address, `it makes ${type}`)),
      ...holding.map(({ address }) => fail(address, 'it holds what looks like a key')),
      ...(written.length > 0 ? [failFor('provider.aws', [`a credential is written in ${written.join(', ')}`])] : []),
    ];
    return found.length > 0 ? found : [pass('provider.aws', 'no user, no access key, no credential in any text')];
  },
};

function settingsOf(given: Arguments): readonly string[] {
  return SETTINGS.filter((name) => (given[name] ?? undefined) !== undefined);
}
