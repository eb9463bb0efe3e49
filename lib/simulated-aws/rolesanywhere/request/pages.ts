import { type Input, optionalString } from '../../service/json-parameters';
import { validationException } from './errors';

/** The parameters of an operation that answers in pages. */
export const PAGE_PARAMETERS = ['nextToken', 'pageSize'];

const DEFAULT_SIZE = 100;

/**
 * One page of a list, under the name that the answer gives it.
 *
 * @throws {AwsError} `ValidationException`
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_ListProfiles.html
 */
export function page(input: Input, name: string, items: readonly object[]) {
  const start = startOf(optionalString(input, 'nextToken', { minLength: 1, maxLength: 10_000 }), items.length);
  const end = start + sizeOf(optionalString(input, 'pageSize'));
  return {
    [name]: items.slice(start, end),
    ...(end < items.length && { nextToken: Buffer.from(`from ${end}`).toString('base64url') }),
  };
}

function sizeOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_SIZE;
  if (!/^\d{1,6}$/.test(text) || Number(text) < 1) throw validationException(`Invalid page size: ${text}`);
  return Number(text);
}

function startOf(token: string | undefined, count: number): number {
  if (token === undefined) return 0;
  const [, start] = /^from (\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (start === undefined || Number(start) > count) throw validationException('Invalid next token');
  return Number(start);
}
