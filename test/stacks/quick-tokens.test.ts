import { DefaultTokenResolver, StringConcat, TerraformStack, Testing, Token, Tokenization } from 'cdktf';
import type { Environment } from '../../lib/config/environment';
import { useQuickTokens } from '../../stacks/quick-tokens';
import { EXAMPLES, FIXTURES, loadExample } from '../support/examples';
import { synthesizeNow } from '../support/synthesize-now';

function quickly<T>(work: () => T): T {
  const giveBack = useQuickTokens();
  try {
    return work();
  } finally {
    giveBack();
  }
}

const aes256 = loadExample(EXAMPLES, 'aes-256');
const tagged = (tags: Environment['tags']): Environment => ({ ...aes256, tags });

test.each<[string, Environment]>([
  ['AES-256', aes256],
  ['a created key', loadExample(EXAMPLES, 'aws-kms')],
  ['an existing key', loadExample(FIXTURES, 'existing-key')],
  ['every option', loadExample(FIXTURES, 'every-option')],
  ['texts like numbers with an exponent', tagged({ a: '12e4', '1e+9': '-e-', b: '-1.8881545897087626e+289' })],
  ['texts like references', tagged({ a: '${aws_s3_bucket.backup.arn}', b: '#{x}', c: '&{y}', 'd ${e}': '}' })],
  ['keys of every object', tagged({ constructor: 'a', resolve: 'b', toString: 'c' })],
])('synthesizes the same bytes with %s', (_, environment) => {
  expect(quickly(() => synthesizeNow(environment).text)).toBe(synthesizeNow(environment).text);
});

const stack = new TerraformStack(Testing.app(), 'stack');
const resolver = new DefaultTokenResolver(new StringConcat());
const resolve = (value: unknown) => Tokenization.resolve(value, { scope: stack, resolver });
const text = Token.asString('t');
const list = Token.asList(Token.asAny(['a', 'b']));
const number = Token.asNumber(7);

test.each<[string, unknown]>([
  ['a text', text],
  ['a part of a text', { a: `x${text}y${text}` }],
  ['a number', { a: [number], b: number }],
  ['a number in a text', [`${number} of`]],
  ['a list', { a: list }],
  ['a list of numbers', { a: Token.asNumberList([1, 2]) }],
  ['a key', { [text]: 1 }],
  ['maps', [Token.asStringMap({ a: 'b' }), Token.asNumberMap({ a: 1 }), Token.asAnyMap({ a: true })]],
  ['one that is undefined', { a: Token.asAny(undefined), b: [Token.asAny(undefined), 1] }],
  ['empty values', { a: undefined, b: [undefined], c: {}, d: [], e: null, f: '' }],
  ['fractions and dates', { a: 0.5, b: Number.NaN, c: new Date(0) }],
])('resolves %s as CDKTF does', (_, value) => {
  expect(quickly(() => resolve(value))).toStrictEqual(resolve(value));
});

test.each<[string, unknown, RegExp]>([
  ['a function', { a: [() => 1] }, /function/i],
  ['a construct', { a: stack }, /construct/i],
  ['an element of a list in a text', { a: `${list[0]}` }, /list/i],
  ['the value of a map in a text', { a: 'String Map Token Value' }, /map/i],
  ['the value of a map of numbers', { a: -123456789 }, /map/i],
])('refuses %s as CDKTF does', (_, value, reason) => {
  expect(() => quickly(() => resolve(value))).toThrow(reason);
  expect(() => resolve(value)).toThrow(reason);
});

test('takes no stack trace for a token, and keeps those of errors', () => {
  const traces = quickly(() => ({ token: Token.asAny(1).creationStack, error: new Error('e').stack }));
  expect({ token: traces.token, error: (traces.error ?? '').split('\n').length > 2 }).toEqual({
    token: [],
    error: true,
  });
});
