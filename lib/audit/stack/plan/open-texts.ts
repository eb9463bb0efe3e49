import type { Arguments } from '../arguments';
import { UnknownValue } from '../unknown-value';
import { asList, asObject } from './configurations';
import { expressionAt, templateOf } from './expressions';
import type { Follow, Lead } from './leads';
import type { ArgumentPath } from './planned-values';
import type { Configured } from './scopes';

/** A part of a document, as in `'resources' of 'Tls'`, and a text that it is taken for. */
export interface Assumption {
  readonly part: string;
  readonly text: string;
}

/** A document whose open texts are looked for. */
export interface OpenDocument {
  readonly document: Arguments;
  readonly configured: Configured;
  /** Filled with what is assumed. */
  readonly assumed: Assumption[];
}

/** The text of one element of a list, as its template says it, or as what it refers to. */
export function statementText(reading: OpenDocument, path: ArgumentPath, follow: Follow): string | UnknownValue {
  const { document, configured, assumed } = reading;
  if (path[0] !== 'statement' || typeof path.at(-1) !== 'number') return new UnknownValue(`'${path.at(-1)}'`);
  const sid = asObject(asList(document.statement)[Number(path[1])]).sid ?? `statement ${Number(path[1]) + 1}`;
  const name = String(path.findLast((step) => typeof step === 'string'));
  const unknown = new UnknownValue(`'${name}' of '${sid}'`);
  if (!hasSameBlocks(document, asObject(configured.expressions))) return unknown;
  const expression = expressionAt(asObject(configured.expressions), path);
  if (expression === undefined) return unknown;
  const template = templateOf(expression, configured.standing.scope);
  const index = Number(path.at(-1));
  if (Array.isArray(template)) return typeof template[index] === 'string' ? String(template[index]) : unknown;
  const list = asList(valueAt(document, path.slice(0, -1)));
  const text = elementOf(
    list,
    index,
    follow(expression, configured.standing),
    asObject(asList(document.statement)[Number(path[1])]),
  );
  if (text === undefined) return unknown;
  assumed.push({ part: `'${name}' of '${sid}'`, text: text.replace(/\$\{([^}]*)\}/, '$1') });
  return text;
}

/** With a `dynamic` block, which a plan's configuration leaves out, nobody knows which block is which. */
function hasSameBlocks(document: unknown, expressions: unknown): boolean {
  const [given, written] = [asObject(document), asObject(expressions)];
  return ['statement', 'principals', 'not_principals', 'condition'].every((name) => {
    const [left, right] = [asList(given[name]), asList(written[name])];
    return left.length === right.length && left.every((block, index) => hasSameBlocks(block, right[index]));
  });
}

function valueAt(value: unknown, path: ArgumentPath): unknown {
  return path.reduce<unknown>(
    (found, step) => (found as Readonly<Record<string | number, unknown>> | undefined)?.[step],
    value,
  );
}

/** Each open element by its own lead; of a bucket's ARN, the two forms that its actions take. */
function elementOf(
  list: readonly unknown[],
  index: number,
  { leads, isHidden, isOpen }: ReturnType<Follow>,
  { actions }: Arguments,
): string | undefined {
  const open = list.flatMap((one, at) => (one === null ? [at] : []));
  const unique = [...new Map(leads.map((lead) => [JSON.stringify(lead), lead])).values()];
  if (isHidden || isOpen || unique.length === 0) return undefined;
  const [only] = unique;
  if (unique.length === 1 && only !== undefined && isBucket(only))
    return bucketForms(asList(actions).map(String), open.length).map((form) => `${referenceTo(only)}${form}`)[
      open.indexOf(index)
    ];
  const lead = unique.length === open.length ? unique[open.indexOf(index)] : undefined;
  return lead === undefined || isBucket(lead) ? undefined : referenceTo(lead);
}

function isBucket({ address }: Lead): boolean {
  return /(?:^|\.)aws_s3_bucket\./.test(address);
}

function referenceTo({ address, attribute = 'arn' }: Lead): string {
  return `\${${address}.${attribute}}`;
}

/** Actions on objects; anything else of S3 is about the bucket. */
const OBJECT_ACTION = /^s3:(?:\w*Object(?!Lock(?:Config|Token))\w*|\w*Multipart(?!Uploads$)\w*)$/;

function bucketForms(actions: readonly string[], count: number): readonly string[] {
  if (count === 2) return ['', '/*'];
  const [onObjects, onBucket] = [
    actions.filter((one) => OBJECT_ACTION.test(one)),
    actions.filter((one) => !OBJECT_ACTION.test(one)),
  ];
  if (count !== 1 || actions.some((one) => one.includes('*')) || (onObjects.length > 0 && onBucket.length > 0))
    return [];
  return [onObjects.length > 0 ? '/*' : ''];
}
