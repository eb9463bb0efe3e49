import { sourceIdentityOf } from '../../lib/iam';

test.each([
  ['a short common name', 'vault-1.example', '0a1b', 'CN=vault-1.example'],
  ['a common name of 61 characters', 'v'.repeat(61), '0a1b', `CN=${'v'.repeat(61)}`],
  ['a common name of 62 characters', 'v'.repeat(62), '0a1b', 'v'.repeat(62)],
  ['no common name and an odd number of digits', undefined, '123', 'ID=0123'],
  ['no common name and an even number of digits', undefined, '4567', 'ID=4567'],
])('a certificate with %s has a source identity as AWS documents it', (_what, name, serialNumber, expected) => {
  expect(sourceIdentityOf(name, serialNumber)).toBe(expected);
});
