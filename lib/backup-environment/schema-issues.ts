import type { Issue } from '../errors';
import type { SchemaIssue } from './schema';

/** What one schema problem means to a person: path, expectation, value received. */
export function describeSchemaIssue(issue: SchemaIssue, file: string): readonly Issue[] {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ file, path: [...issue.path, key].join('.'), message: 'is not a known key' }));
  }
  if (issue.input === undefined) return [{ file, path, message: `is required: ${expectation(issue)}` }];
  return [{ file, path, message: `${expectation(issue)}, got: ${JSON.stringify(issue.input)}` }];
}

function expectation(issue: SchemaIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${article(issue.expected)}`;
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      return `must have at least ${issue.minimum} ${unit(issue.origin)}`;
    case 'too_big':
      return `must have at most ${issue.maximum} ${unit(issue.origin)}`;
    case 'invalid_format':
      return issue.message.startsWith('must ') ? issue.message : `must match ${issue.pattern}`;
    default:
      return issue.message;
  }
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function unit(origin: string): string {
  return origin === 'string' ? 'characters' : 'elements';
}
