import { unnamedStatement } from '../../../iam';
import type { Arguments } from '../arguments';
import { UnknownValue } from '../unknown-value';
import { asList, asObject } from './configurations';
import { templateOf } from './expressions';
import type { Follow, Lead } from './leads';
import type { ArgumentPath } from './planned-values';
import type { SoleWithin } from './reach';
import type { Configured } from './scopes';
import { writtenAt } from './written-expression';

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
  /** Address of the bucket whose policy it is: S3 takes no other resource in there. */
  readonly bucket?: string | undefined;
  readonly follow: Follow;
  readonly soleWithin: SoleWithin;
}

/** The text of one element of a list, as its template says it, or as what it refers to. */
export function statementText(reading: OpenDocument, path: ArgumentPath): string | UnknownValue {
  const { document, configured, assumed } = reading;
  const statement = asObject(asList(document.statement)[Number(path[1])]);
  const name = String(path.findLast((step) => typeof step === 'string'));
  if (path[0] !== 'statement' || path.length < 3) return new UnknownValue(`'${name}'`);
  const part = `'${name}' of '${statement.sid ?? unnamedStatement(Number(path[1]))}'`;
  if (typeof path.at(-1) !== 'number') return new UnknownValue(part);
  const expression = writtenAt(document, asObject(configured.expressions), path);
  const template = expression && templateOf(expression, configured.standing.scope);
  const index = Number(path.at(-1));
  if (Array.isArray(template))
    return typeof template[index] === 'string' ? String(template[index]) : new UnknownValue(part);
  const block = asObject(valueAt(document, path.slice(0, -2)));
  const list = asList(valueAt(document, path.slice(0, -1)));
  const text = elementOf(list, index, leadsOf(expression, { name, statement, block }, reading), statement);
  if (text === undefined) return new UnknownValue(part);
  assumed.push({ part, text: text.replace(/\$\{([^}]*)\}/, '$1') });
  return text;
}

/** Where a text stands: the name of its list, in which statement and block. */
interface Spot {
  readonly name: string;
  readonly statement: Arguments;
  readonly block: Arguments;
}

/** The things that an open list can name: those in its expression, or else the only one that it can be about. */
function leadsOf(expression: Arguments | undefined, spot: Spot, reading: OpenDocument): readonly Lead[] {
  const { bucket, follow, soleWithin, configured } = reading;
  if (bucket !== undefined && /^(?:not_)?resources$/.test(spot.name)) return [{ address: bucket }];
  const { standing } = configured;
  const made = { leads: [], hiddenIn: [standing.scope], isOpen: false };
  const { leads, isOpen, hiddenIn } = expression ? follow(expression, standing) : made;
  const isHidden = hiddenIn.length > 0;
  const type = typeAt(spot);
  // A value that is known already leaves nothing open.
  const open = leads.filter(({ isKnown }) => isKnown !== true);
  if (isOpen || (isHidden && type === undefined)) return [];
  if (!isHidden) return spot.name === 'values' ? open : open.map(byArn);
  const sole = type === undefined ? undefined : soleWithin(hiddenIn, type);
  return sole !== undefined && open.every(({ address }) => address === sole.address) ? [sole] : [];
}

/** Policies name these by their ARN, whatever it is put together from. */
function byArn({ address, ...rest }: Lead): Lead {
  return /(?:^|\.)aws_(?:iam_role|kms_key|s3_bucket)\./.test(address) ? { address } : { address, ...rest };
}

/** The type of what an open text names, by the actions of its statement or the kind of principal. */
function typeAt({ name, statement, block }: Spot): string | undefined {
  if (name === 'identifiers') return block.type === 'AWS' ? 'aws_iam_role' : undefined;
  if (!/^(?:not_)?resources$/.test(name)) return undefined;
  const services = new Set(asList(statement.actions).map((action) => String(action).split(':')[0]));
  const [service = ''] = services;
  return services.size === 1 ? { s3: 'aws_s3_bucket', kms: 'aws_kms_key' }[service] : undefined;
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
  leads: readonly Lead[],
  { actions }: Arguments,
): string | undefined {
  const open = list.flatMap((one, at) => (one === null ? [at] : []));
  const unique = [...new Map(leads.map((lead) => [JSON.stringify(lead), lead])).values()];
  const [only] = unique;
  if (only === undefined) return undefined;
  if (unique.length === 1 && isBucket(only))
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
