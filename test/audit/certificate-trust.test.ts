import { roleTrust } from '../../lib/audit/rules/role-trust';
import { parseInput } from '../../lib/audit/stack/parse-input';
import { readSubject } from '../../lib/audit/subject/read-subject';
import { type Catalogue, loadCatalogue } from '../../lib/catalogue';

const anchor = (account: string, id = '00000000-0000-4000-8000-000000000001') =>
  `arn:aws:rolesanywhere:us-east-2:${account}:trust-anchor/${id}`;
const OWN = { ArnEquals: { 'aws:SourceArn': anchor('111122223333') } };
const NAME_KEY = 'aws:PrincipalTag/x509Subject/CN';
const ISSUER_KEY = 'aws:PrincipalTag/x509Issuer/CN';
const NAME = { StringEquals: { [NAME_KEY]: 'vault-host-1' } };
const ALL = ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'];

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await loadCatalogue();
});

/** A stack whose role trusts IAM Roles Anywhere under the condition. */
function judge(condition: object, actions: readonly string[] = ALL) {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'rolesanywhere.amazonaws.com' },
    Action: actions,
    Condition: condition,
  };
  const stack = {
    provider: { aws: [{ region: 'us-east-2', allowed_account_ids: ['111122223333'] }] },
    resource: {
      aws_s3_bucket: { backup: { bucket: 'acme-vault' } },
      aws_rolesanywhere_trust_anchor: { vault: { name: 'vault', enabled: true } },
      aws_iam_role: {
        vault: {
          name: 'vault',
          assume_role_policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
        },
      },
    },
  };
  const subject = readSubject(parseInput(JSON.stringify(stack), 'cdk.tf.json'), catalogue);
  return roleTrust.check(subject).map(({ result, detail }) => `${result}: ${detail}`);
}

describe('trust in IAM Roles Anywhere is right', () => {
  test.each([
    ['with one anchor and one name', { ...OWN, ...NAME }],
    ['with several names', { ...OWN, StringEquals: { [NAME_KEY]: ['vault-host-1', 'vault-host-2'] } }],
    [
      'with names, one a prefix of another',
      { ...OWN, StringEquals: { [NAME_KEY]: ['vault', 'vault-2', 'xvault', 'VAULT'] } },
    ],
    [
      'with issuers, one a prefix of another',
      { ...OWN, StringEquals: { [NAME_KEY]: 'vault-host-1', [ISSUER_KEY]: ['Acme CA', 'Acme CA 2'] } },
    ],
    ['with the issuer as well', { ...OWN, StringEquals: { [NAME_KEY]: 'vault-host-1', [ISSUER_KEY]: 'Acme CA' } }],
    [
      'with an anchor of the same stack',
      { ArnEquals: { 'aws:SourceArn': '${aws_rolesanywhere_trust_anchor.vault.arn}' }, ...NAME },
    ],
  ])('%s', (_, condition) => {
    expect(judge(condition)).toEqual(['pass: only the host may assume it']);
  });
});

describe('trust in IAM Roles Anywhere lets in', () => {
  test.each([
    ['another trust anchor', {}],
    ['no trust anchor', NAME],
    ['a trust anchor of another account', NAME],
    ['a certificate of another name', OWN],
    ['another trust anchor', { ArnLike: { 'aws:SourceArn': anchor('111122223333', '*') }, ...NAME }],
    ['a trust anchor of another account', { ArnEquals: { 'aws:SourceArn': anchor('999988887777') }, ...NAME }],
    ['no trust anchor', { ArnEqualsIfExists: OWN.ArnEquals, ...NAME }],
    ['a certificate without the name', { ...OWN, StringEqualsIfExists: NAME.StringEquals }],
    ['a certificate without the name', { ...OWN, 'ForAllValues:StringEquals': NAME.StringEquals }],
    ['a certificate of another name', { ...OWN, StringLike: { [NAME_KEY]: '*' } }],
    ['a certificate of another name', { ...OWN, StringLike: { [NAME_KEY]: 'vault-*' } }],
    ['a certificate of another name', { ...OWN, StringLike: { [NAME_KEY]: 'vault-?' } }],
    ['a certificate of another name', { ...OWN, StringNotEquals: { [NAME_KEY]: 'laptop' } }],
    ['a certificate of another name', { ...OWN, StringEquals: { [ISSUER_KEY]: 'Acme CA' } }],
    ['a certificate of another name', { ...OWN, StringEquals: { 'aws:PrincipalTag/x509Subject/OU': 'Vault' } }],
    ['the name in another case', { ...OWN, StringEqualsIgnoreCase: NAME.StringEquals }],
    ['the right name under another issuer', { ...OWN, ...NAME, StringLike: { [ISSUER_KEY]: 'Acme *' } }],
  ])('%s: %j', (title, condition) => {
    expect(judge(condition)).toEqual([expect.stringMatching(`^fail: .*${title}`)]);
  });
});

describe('trust in IAM Roles Anywhere never works', () => {
  test.each([
    [
      'with a request tag',
      'the host may not assume it',
      { ...OWN, StringEquals: { 'aws:RequestTag/x509Subject/CN': 'a' } },
      ALL,
    ],
    ['with a literal wildcard', 'the host may not assume it', { ...OWN, StringEquals: { [NAME_KEY]: 'vault-*' } }, ALL],
    ['without sts:TagSession', 'the host may not sts:TagSession', { ...OWN, ...NAME }, ALL.slice(0, 2)],
    ['without sts:SetSourceIdentity', 'the host may not sts:SetSourceIdentity', { ...OWN, ...NAME }, [ALL[0], ALL[2]]],
  ] as const)('%s', (_, title, condition, actions) => {
    expect(judge(condition, actions as readonly string[])).toEqual([expect.stringMatching(`^fail: ${title}`)]);
  });
});
