import type { Environment } from '../lib/config/environment';

/** An environment whose names are replaced; environments of one shape have stacks that differ in these names alone. */
export interface Shape {
  /** Equal for environments of one shape. */
  readonly key: string;
  /** Stand-ins in place of the names; equal names share one. */
  readonly environment: Environment;
  /** The names, in the order of their stand-ins. */
  readonly names: readonly string[];
}

/** No part of it can be taken for another: its end is nowhere its beginning. */
const STAND_IN = '6180339887';
/** The number of each stand-in in a text, as a group. */
export const STAND_INS = new RegExp(`${STAND_IN}(\\d{2})`);
const MOST_NAMES = 100;

/** Keys whose values the stack passes on, joins to other texts and never asks about. */
const NAMES: ReadonlySet<string> = new Set([
  'name',
  'label',
  'account',
  'bucket',
  'otherBucket',
  'prefix',
  'workspace',
  'tags',
]);
/** The account of an ARN, and the id of a key. */
const NAMES_IN_ARN = /\d{12}(?=:)|(?<=:key\/).+/g;
/** Stands in JSON, and in JSON within JSON, as it is; nothing in it is taken for a token of CDKTF. */
const PLAIN_NAME = /^(?!.*Token)[\w ./:@=-]+$/;

/** @returns undefined for an environment in which a stand-in could not be told from what stands there */
export function shapeOf(environment: Environment): Shape | undefined {
  const numbers = new Map<string, number>();
  const standInFor = (name: string): string => {
    if (!PLAIN_NAME.test(name)) return name;
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return `${STAND_IN}${String(number).padStart(2, '0')}`;
  };
  const renamed = rename(environment, false, standInFor) as Environment;
  const isClear = !JSON.stringify(environment).includes(STAND_IN) && numbers.size <= MOST_NAMES;
  return isClear ? { key: JSON.stringify(renamed), environment: renamed, names: [...numbers.keys()] } : undefined;
}

function rename(value: unknown, isName: boolean, standInFor: (name: string) => string): unknown {
  if (typeof value === 'string') {
    if (value.startsWith('arn:')) return value.replace(NAMES_IN_ARN, standInFor);
    return isName ? standInFor(value) : value;
  }
  if (Array.isArray(value)) return value.map((item) => rename(item, isName, standInFor));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([key, part]) => [key, rename(part, isName || NAMES.has(key), standInFor)]));
}
