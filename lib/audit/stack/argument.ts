import { ABSENT, type Answer, known, unknown } from './answer';
import type { Arguments } from './arguments';
import { UnknownValue } from './unknown-value';

/**
 * The blocks of one name: Terraform takes a single one as an object or as a list of one.
 *
 * @returns unknown when not even their number is known
 */
export function blocksOf(given: unknown): Answer<readonly Arguments[]> {
  if (given instanceof UnknownValue) return unknown(given.because);
  if (given === undefined || given === null) return ABSENT;
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  const doubtful = list.find((one) => one instanceof UnknownValue);
  if (doubtful instanceof UnknownValue) return unknown(doubtful.because);
  const expression = list.find((one) => typeof one === 'string');
  if (expression !== undefined) return unknown(String(expression));
  const blocks = list.filter((one): one is Arguments => typeof one === 'object' && one !== null);
  return blocks.length === 0 ? ABSENT : known(blocks);
}

/**
 * The value at a dotted path, through blocks that are written once.
 *
 * @param path - as in `versioning_configuration.status`
 */
export function valueAt(given: Arguments, path: string): Answer<unknown> {
  const [name = '', ...rest] = path.split('.');
  const value = given[name];
  if (rest.length === 0) {
    if (value instanceof UnknownValue) return unknown(value.because);
    return value === undefined || value === null ? ABSENT : known(value);
  }
  const blocks = blocksOf(value);
  if (blocks.state !== 'known') return blocks;
  const [block, ...more] = blocks.value;
  if (more.length > 0) return unknown(`'${name}' is written ${more.length + 1} times`);
  return block === undefined ? ABSENT : valueAt(block, rest.join('.'));
}
