import { fail, pass } from '../rule/outcome';
import type { Rule } from '../rule/rule';

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
  rationale: 'A key that never expires is found in a log or a repository one day.',
  reads: `the types ${[...TYPES].join(', ')}; provider: ${SETTINGS.join(', ')}; backend: ${SETTINGS.join(', ')}`,
  remedy: 'Let the host use the role, and Terraform the credentials of its own environment.',
  controls: {
    fsbp: ['IAM.2', 'IAM.3'],
    cisV3: ['1.14', '1.15'],
    cisV5: ['1.13', '1.14'],
    nist80053r5: ['AC-2(1)', 'AC-2(3)', 'AC-3', 'AC-6'],
    pciDss401: ['8.3.9', '8.6.3'],
  },
  check: ({ stack }) => {
    const { resources, provider, backend } = stack;
    const users = resources
      .filter(({ type }) => TYPES.has(type))
      .map(({ address, type }) => fail(address, `it makes ${type}`));
    const given = [
      ...SETTINGS.filter((name) => (provider[name] ?? undefined) !== undefined).map((name) => `provider.aws: ${name}`),
      ...SETTINGS.filter((name) => (backend?.settings[name] ?? undefined) !== undefined).map(
        (name) => `terraform.backend: ${name}`,
      ),
    ];
    if (given.length > 0) return [...users, fail('provider.aws', `a credential is written in ${given.join(', ')}`)];
    return users.length > 0 ? users : [pass('provider.aws', 'no user, no access key, no credential of the provider')];
  },
};
