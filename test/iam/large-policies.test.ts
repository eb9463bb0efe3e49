import { isPublicPolicy, parsePolicy } from '../../lib/iam';
import { parseTemplate, resolveTemplate } from '../../lib/iam/match/policy-variables';
import { ANY_RUN_IN_SEGMENT, codesOf, matchesPattern } from '../../lib/iam/match/wildcard';
import { policy } from './requests';

/*
 * Texts of such a size that work which grew with its square would take minutes, a hundred times what a test is given;
 * and what comes of them, which is what comes of a short one.
 */
const MANY = 200_000;
const BUCKET = 'arn:aws:s3:::acme/';
const UNCLOSED = "a policy variable must be closed with '}'";

function parseResource(Resource: string) {
  return () => parsePolicy({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', Resource } }, 'p');
}

describe('a long policy is read in one pass', () => {
  test.each([
    ['unclosed variables', '${'.repeat(MANY), UNCLOSED],
    ['unclosed variables with defaults', "${aws:username, '".repeat(MANY), UNCLOSED],
    ['variables closed by the last brace alone', `${'${'.repeat(MANY)}}`, UNCLOSED],
    ['spaces after a default', `\${aws:username, 'x'${' '.repeat(MANY)}`, UNCLOSED],
    ['spaces in a name', `\${a${' '.repeat(MANY)}b 'x'}`, "a policy variable's default must follow a comma"],
  ])('%s', (_, text, message) => {
    expect(parseResource(BUCKET + text)).toThrow(message);
  });

  test('spaces before the comma of a default', () => {
    const template = parseTemplate(`\${a${' '.repeat(MANY)}b${' '.repeat(MANY)}, 'x'}`, {
      hasVariables: true,
      hasWildcards: false,
    });
    expect(template).toContainEqual({ kind: 'variable', key: `a${' '.repeat(MANY)}b`, fallback: 'x' });
  });

  test('variables, each with its value', () => {
    const text = 'a${aws:username}'.repeat(MANY / 4);
    const template = parseTemplate(text, { hasVariables: true, hasWildcards: false });
    expect(resolveTemplate(template, () => 'bob')).toEqual(codesOf('abob'.repeat(MANY / 4)));
  });

  test('statements, each with a Sid of its own, and one that repeats the first', () => {
    const statements = Array.from({ length: MANY / 2 }, (_, index) => ({
      Sid: `S${index}`,
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
    }));
    const repeated = { ...statements[0] };
    expect(() => parsePolicy({ Statement: [...statements, repeated] }, 'p')).toThrow(
      `'p' at '/Statement/${statements.length}/Sid': must be unique, got: "S0"`,
    );
  });
});

test('ARNs of access points are told from wildcards in one pass', () => {
  const values = `arn:aws${':s3:'.repeat(MANY)}`;
  const isPublic = (value: string) =>
    isPublicPolicy(
      policy('bucket', {
        Effect: 'Allow',
        Principal: '*',
        Condition: { StringLike: { 's3:DataAccessPointArn': value } },
      }),
    );
  expect([values, `${values}:111122223333:accesspoint/*`].map(isPublic)).toEqual([true, false]);
});

test('runs within a segment cost the product of both lengths at most', () => {
  const pattern = [...Array.from({ length: 1000 }, () => [97, ANY_RUN_IN_SEGMENT]).flat(), 98];
  const text = 'a'.repeat(2000);
  expect([matchesPattern(pattern, text), matchesPattern(pattern, `${text}b`)]).toEqual([false, true]);
});
