import type { Arguments } from '../arguments';
import { UnknownValue } from '../unknown-value';
import { asList, asObject, type Configurations } from './configurations';
import { renderStatement, type Statement } from './document-statements';
import { templateOf } from './expressions';
import type { Follow } from './leads';
import { type Assumption, statementText } from './open-texts';
import { mergeUnknown } from './planned-values';
import type { SoleWithin } from './reach';
import { type Configured, configuredAs } from './scopes';

/** The text of an `aws_iam_policy_document`, as a template. */
export interface PlannedDocument {
  readonly text: string;
  /** What was assumed: in HCL a plan names what an expression refers to, and not what becomes of it. */
  readonly assumed: readonly Assumption[];
}

/** Reads a document by its address; of a bucket's policy, `bucket` is the bucket's. */
export type ReadDocument = (address: string, bucket?: string) => PlannedDocument | UnknownValue;

/** Everything that documents are read with. */
export interface DocumentSources {
  /** Changes of the plan, and the data sources that it has read. */
  readonly changes: readonly Arguments[];
  readonly read: readonly Arguments[];
  readonly configurations: Configurations;
  readonly follow: Follow;
  readonly soleWithin: SoleWithin;
}

/** A template that is a document and nothing else; the first group is its address. */
export const LONE_DOCUMENT = /^\$\{(data\.aws_iam_policy_document\.[\w-]+(?:\[[^\]]*\])?)\.(?:json|minified_json)\}$/;

const TYPE = 'aws_iam_policy_document';

/**
 * Reads the documents that a plan puts off until it is applied, as the provider will put them together.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function documentsIn(sources: DocumentSources): ReadDocument {
  const { changes, configurations, follow, soleWithin } = sources;
  const isDocument = ({ mode, type }: Arguments) => mode === 'data' && type === TYPE;
  const byAddress = new Map(changes.filter(isDocument).map((one) => [String(one.address), one]));
  const texts = new Map(
    sources.read.filter(isDocument).map((one) => [String(one.address), asObject(one.values).json] as const),
  );
  const read = (address: string, bucket: string | undefined, trail: readonly string[]) => {
    const text = texts.get(address);
    if (typeof text === 'string') return { text: text.replaceAll('${', () => '$${'), assumed: [] };
    const found = byAddress.get(address);
    if (found === undefined || trail.includes(address))
      return new UnknownValue(`${address}, which the plan does not show`);
    const configured = configuredAs(found, configurations);
    const { after, after_unknown: unknown } = asObject(found.change);
    const assumed: Assumption[] = [];
    const open = { document: asObject(after), configured, assumed, bucket, follow, soleWithin };
    const document = asObject(mergeUnknown(after, unknown, [], (path) => statementText(open, path)));
    const others = (name: string) =>
      otherDocuments(
        document[name],
        { name, address, configured, follow, assumed },
        (one): PlannedDocument | UnknownValue => read(one, bucket, [...trail, address]),
      );
    return putTogether(
      document,
      address,
      [others('source_policy_documents'), statementsOf(document, address), others('override_policy_documents')],
      assumed,
    );
  };
  return (address, bucket) => {
    const found = read(address, bucket, []);
    return found instanceof UnknownValue ? found : { ...found, text: withReferences(found.text) };
  };
}

/** The quotes of an index are no part of the JSON that a reference stands in. */
function withReferences(json: string): string {
  return json.replaceAll(/(?<!\$)\$\{[^}]*\}/g, (reference) => reference.replaceAll('\\"', '"'));
}

function putTogether(
  document: Arguments,
  address: string,
  parts: readonly (readonly Statement[] | UnknownValue)[],
  assumed: readonly Assumption[],
): PlannedDocument | UnknownValue {
  const open = parts.find((part) => part instanceof UnknownValue);
  if (open instanceof UnknownValue) return open;
  const old = ['source_json', 'override_json'].find((name) => (document[name] ?? undefined) !== undefined);
  if (old !== undefined) return new UnknownValue(`'${old}' of ${address}`);
  if (document.version instanceof UnknownValue) return new UnknownValue(`'version' of ${address}`);
  const Statement = replaceBySid((parts as readonly (readonly Statement[])[]).flat());
  return { text: JSON.stringify({ Version: document.version ?? '2012-10-17', Statement }), assumed };
}

/** A later statement takes the place of the one with its Sid. */
function replaceBySid(statements: readonly Statement[]): readonly Statement[] {
  const bySid = new Map<unknown, Statement>();
  for (const statement of statements) bySid.set(statement.Sid || statement, statement);
  return [...bySid.values()];
}

interface Others {
  readonly name: string;
  readonly address: string;
  readonly configured: Configured;
  readonly follow: Follow;
  readonly assumed: Assumption[];
}

/** The statements of the documents that another one is made of. */
function otherDocuments(given: unknown, others: Others, read: ReadDocument): readonly Statement[] | UnknownValue {
  const { name, address, assumed } = others;
  const unknown = new UnknownValue(`'${name}' of ${address}`);
  // Nobody knows the length of a list that is open as a whole; whatever it names is taken to be in it.
  const isWholeOpen = given instanceof UnknownValue;
  const listed = isWholeOpen ? undefined : asList(given);
  const addresses =
    isWholeOpen || listed?.some((text) => text instanceof UnknownValue) ? addressesOf(others, listed?.length) : [];
  if (addresses === undefined) return unknown;
  const texts = listed ?? addresses.map(() => given);
  const statements = texts.map((text, index) => {
    if (!(text instanceof UnknownValue)) return statementsIn(String(text ?? '{"Statement":[]}')) ?? unknown;
    const document = read(addresses[index] ?? '');
    if (document instanceof UnknownValue) return document;
    assumed.push(...document.assumed);
    return statementsIn(document.text) ?? unknown;
  });
  const open = statements.find((one) => one instanceof UnknownValue);
  return open instanceof UnknownValue ? open : (statements as readonly (readonly Statement[])[]).flat();
}

/** Each element by the document that it refers to; in JSON, by its template. */
function addressesOf(
  { name, configured: { expressions, standing }, follow, assumed }: Others,
  count: number | undefined,
): readonly string[] | undefined {
  const expression = asObject(expressions?.[name]);
  const template = templateOf(expression, standing.scope);
  if (Array.isArray(template)) {
    const found = template.map((text) => LONE_DOCUMENT.exec(String(text))?.[1]);
    return found.every((one) => one !== undefined) ? found : undefined;
  }
  const { leads, hiddenIn, isOpen } = follow(expression, standing);
  if (hiddenIn.length > 0 || isOpen || leads.length !== (count ?? leads.length) || leads.length === 0) return undefined;
  assumed.push(...leads.map(({ address: text }) => ({ part: `'${name}'`, text })));
  return leads.map(({ address }) => address);
}

function statementsIn(text: string): readonly Statement[] | undefined {
  try {
    return [asObject(JSON.parse(text)).Statement].flat() as readonly Statement[];
  } catch {
    return undefined;
  }
}

function statementsOf({ statement }: Arguments, address: string): readonly Statement[] | UnknownValue {
  const open = openIn(statement);
  if (open !== undefined) return new UnknownValue(`${open.because} in ${address}`);
  return asList(statement).map(asObject).map(renderStatement);
}

function openIn(value: unknown): UnknownValue | undefined {
  if (value instanceof UnknownValue) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.values(value)
    .map(openIn)
    .find((one) => one !== undefined);
}
