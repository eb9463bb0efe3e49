import { brokenBucketNameRules, brokenExistingNameRules } from '../../lib/config/bucket-name';

describe('bucket names', () => {
  test.each(['abc', 'a'.repeat(63), 'acme-vault', 'acme.vault.eu', '1.2.3', '9lives', 'a--b'])('takes %s', (name) => {
    expect(brokenBucketNameRules(name)).toEqual([]);
  });

  test.each([
    ['ab', 'must be 3 to 63 characters long'],
    ['a'.repeat(64), 'must be 3 to 63 characters long'],
    ['Acme-vault', 'must consist of lowercase letters, digits, dots and hyphens'],
    ['acme_vault', 'must consist of lowercase letters, digits, dots and hyphens'],
    ['acmé', 'must consist of lowercase letters, digits, dots and hyphens'],
    ['-acme', 'must begin and end with a letter or a digit'],
    ['acme.', 'must begin and end with a letter or a digit'],
    ['acme..vault', 'must not contain two adjacent dots'],
    ['192.168.5.4', 'must not be formatted as an IP address'],
    ['xn--acme', "must not start with 'xn--', which AWS reserves"],
    ['sthree-acme', "must not start with 'sthree-', which AWS reserves"],
    ['amzn-s3-demo-acme', "must not start with 'amzn-s3-demo-', which AWS reserves"],
    ['acme-s3alias', "must not end with '-s3alias', which AWS reserves"],
    ['acme--ol-s3', "must not end with '--ol-s3', which AWS reserves"],
    ['acme.mrap', "must not end with '.mrap', which AWS reserves"],
    ['acme--x-s3', "must not end with '--x-s3', which AWS reserves"],
    ['acme--table-s3', "must not end with '--table-s3', which AWS reserves"],
    [
      'acme-111122223333-us-east-2-an',
      "must not end with '-an': the AWS provider, as of 5.100, cannot make a bucket in the account regional namespace",
    ],
  ])('rejects %s', (name, rule) => {
    expect(brokenBucketNameRules(name)).toContain(rule);
  });
});

test.each([
  ['acme-logs-111122223333-us-east-2-an', []],
  ['acme-logs', []],
  ['acme-logs-an', [expect.stringContaining('account regional namespace')]],
  ['acme-logs-111122223333-us-east-9-an', [expect.stringContaining('account regional namespace')]],
  ['Acme-111122223333-us-east-2-an', ['must consist of lowercase letters, digits, dots and hyphens']],
])('the name of a bucket that exists may be in an account regional namespace: %s', (name, broken) => {
  expect(brokenExistingNameRules(name)).toEqual(broken);
});
