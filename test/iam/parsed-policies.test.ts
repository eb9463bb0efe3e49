import * as fc from 'fast-check';
import { parsePolicy } from '../../lib/iam';
import { parseAnew } from '../../lib/iam/parse/parse-policy';
import { rememberLatest } from '../../lib/iam/parse/remember-latest';
import { documents, statementsOf } from './arbitraries';

interface Draft {
  Version?: unknown;
  Statement: Record<string, unknown>[];
}

function draft(): Draft {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'One',
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:PutObject'],
        Resource: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'true' } },
      },
    ],
  };
}

/** A document's policy, or why it is refused. */
function outcomeOf(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a document that was read before', () => {
  test.each([
    ['text', JSON.stringify(draft())],
    ['an object', draft()],
  ])('%s is not parsed again, unless as another policy or of another kind', (_, document) => {
    const first = parsePolicy(document, 'p', { kind: 'identity' });
    expect(parsePolicy(document, 'p', { kind: 'identity' })).toBe(first);
    expect(parsePolicy(document, 'q', { kind: 'identity' })).toEqual({ ...first, name: 'q' });
    expect(() => parsePolicy(document, 'p', { kind: 'resource' })).toThrow("must have 'Principal'");
  });

  const statementOf = ({ Statement: [statement = {}] }: Draft) => statement;

  test.each<[string, (document: Draft) => void]>([
    ['a value', (document) => Object.assign(statementOf(document), { Effect: 'Deny' })],
    ['a value of another type', (document) => Object.assign(statementOf(document), { Sid: 1 })],
    ['an entry of a list', (document) => Object.assign(statementOf(document).Action as string[], { 1: 's3:*' })],
    ['one more entry', (document) => (statementOf(document).Action as string[]).push('s3:*')],
    ['one entry less', (document) => (statementOf(document).Action as string[]).pop()],
    ['a list for a string', (document) => Object.assign(statementOf(document), { Resource: ['arn:aws:s3:::acme'] })],
    ['an object for a list', (document) => Object.assign(statementOf(document), { Action: { 0: 's3:GetObject' } })],
    ['one more element', (document) => Object.assign(document, { Id: 3 })],
    [
      'an element that is not listed',
      (document) => Object.defineProperty(statementOf(document), 'NotResource', { value: '*' }),
    ],
    ['an inherited element', (document) => Object.setPrototypeOf(statementOf(document), { NotAction: '*' })],
    ['one element less', (document) => delete document.Version],
    [
      'another operator',
      (document) =>
        Object.assign(statementOf(document), { Condition: { BoolIfExists: { 'aws:SecureTransport': 'true' } } }),
    ],
    ['nothing in place of an element', (document) => Object.assign(statementOf(document), { Effect: null })],
    ['one more statement', (document) => document.Statement.push({ ...statementOf(document), Sid: 'Two' })],
  ])('is read again after %s', (_, change) => {
    const document = draft();
    parsePolicy(document, 'p');
    parsePolicy(document, 'p');
    change(document);
    const anew = outcomeOf(() => parseAnew(document, 'p', undefined));
    expect(outcomeOf(() => parsePolicy(document, 'p'))).toEqual(anew);
    expect(anew).not.toEqual(parsePolicy(draft(), 'p'));
  });

  test('gives the same policy as one that is read for the first time', () => {
    const property = fc.property(documents(statementsOf.plain(fc.constantFrom('Allow', 'Deny'))), (document) => {
      const anew = outcomeOf(() => parseAnew(document, 'p', undefined));
      const text = JSON.stringify(document);
      for (const form of [document, document, text, text]) {
        expect(outcomeOf(() => parsePolicy(form, 'p'))).toEqual(anew);
      }
    });
    fc.assert(property, { numRuns: 50, seed: 20_261_129 });
  });

  test('gives a policy that no caller can change for the next', () => {
    const policy = parsePolicy(draft(), 'p');
    expect(() => Object.assign(policy, { name: 'q' })).toThrow(TypeError);
    expect(() => Object.assign(policy.statements[0]?.actions.patterns ?? [], ['*'])).toThrow(TypeError);
  });
});

describe('the memory of policies is bounded', () => {
  test('by number: the oldest go first, and those still asked for stay', () => {
    const latest = rememberLatest<number, string>({ entries: 3, weight: 100 });
    for (let key = 0; key < 9; key++) {
      latest.set(key, `value ${key}`, 1);
      latest.get(0);
    }
    expect([0, 1, 8].map((key) => latest.get(key))).toEqual(['value 0', undefined, 'value 8']);
  });

  test('by weight: no policy that is too heavy is kept, and few that are heavy', () => {
    const latest = rememberLatest<string, string>({ entries: 100, weight: 10 });
    latest.set('too heavy', 'value', 11);
    for (const key of ['a', 'b', 'c']) latest.set(key, 'value', 6);
    expect(['too heavy', 'a', 'b', 'c'].map((key) => latest.get(key))).toEqual([
      undefined,
      undefined,
      'value',
      'value',
    ]);
  });
});
