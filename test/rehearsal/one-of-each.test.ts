import { oneOfEach } from '../../lib/rehearsal/one-of-each';
import { EXAMPLES, FIXTURES, loadExample } from '../support/examples';

const examples = ['aes-256', 'aws-kms', 'existing-role', 'object-lock'].map((name) => loadExample(EXAMPLES, name));
const fixtures = ['made-anchor', 'named-anchor', 'private-ca'].map((name) => loadExample(FIXTURES, name));

test('one of each encryption method and kind of host stands for the others', () => {
  const { chosen, leftOut } = oneOfEach([...examples, ...fixtures]);
  expect(chosen.map(({ name }) => name)).toEqual([
    'aes-256',
    'aws-kms',
    'existing-role',
    'made-anchor',
    'named-anchor',
  ]);
  expect(leftOut).toEqual([
    { name: 'object-lock', like: 'aes-256' },
    { name: 'private-ca', like: 'named-anchor' },
  ]);
});
