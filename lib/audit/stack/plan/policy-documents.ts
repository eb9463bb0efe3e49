import type { Arguments } from '../arguments';
import { UnknownValue } from '../unknown-value';
import { asList, asObject, type Configurations } from './configurations';
import { renderStatement, type Statement } from './document-statements';
import { templateOf } from './expressions';
import type { Follow } from './leads';
import { type Assumption, statementText } from './open-texts';
import { mergeUnknown } from './planned-values';
import { type Configured, configuredAs } from './scopes';

/** The text of an `aws_iam_policy_document`, as a template. */
export interface PlannedDocument {
  readonly text: string;
  /** What was assumed: in HCL a plan names what an expression refers to, and not what becomes of it. */
  readonly assumed: readonly Assumption[];
}

/** Reads a document by its address. */
export type ReadDocument = (address: string) => PlannedDocument | UnknownValue;

/** A template that is a document and nothing else; the first group is its address. */
export const LONE_DOCUMENT = /^\$\{(data\.aws_iam_policy_document\.[\w-]+(?:\[[^\]]*\])?)\.(?:json|minified_json)\}$/;

const TYPE = 'aws_iam_policy_document';

/**
 * Reads the documents that a plan puts off until it is applied, as the provider will put them together.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function documentsIn(
  changes: readonly Arguments[],
  configurations: Configurations,
  follow: Follow,
): ReadDocument {
  const byAddress = new Map(
    changes.filter(({ mode, type }) => mode === 'data' && type === TYPE).map((one) => [String(one.address), one]),
  );
  const read = (address: string, trail: readonly string[]): PlannedDocument | UnknownValue => {
    const found = byAddress.get(address);
    if (found === undefined || trail.includes(address))
      return new UnknownValue(`${address}, which the plan does not show`);
    const configured = configuredAs(found, configurations);
    const { after, after_unknown: unknown } = asObject(found.change);
    const assumed: Assumption[] = [];
    const open = { document: asObject(after), configured, assumed };
    const document = asObject(mergeUnknown(after, unknown, [], (path) => statementText(open, path, follow)));
    const others = (name: string) =>
      otherDocuments(document[name], { name, address, configured, follow, assumed }, (one) =>
        read(one, [...trail, address]),
      );
    return putTogether(
      document,
      address,
      [others('source_policy_documents'), statementsOf(document, address), others('override_policy_documents')],
      assumed,
    );
  };
  return (address) => {
    const found = read(address, []);
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
  if (given instanceof UnknownValue) return unknown;
  const texts = asList(given);
  const addresses = texts.some((text) => text instanceof UnknownValue) ? addressesOf(others, texts.length) : [];
  if (addresses === undefined) return unknown;
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
  count: number,
): readonly string[] | undefined {
  const expression = asObject(expressions?.[name]);
  const template = templateOf(expression, standing.scope);
  if (Array.isArray(template)) {
    const found = template.map((text) => LONE_DOCUMENT.exec(String(text))?.[1]);
    return found.every((one) => one !== undefined) ? found : undefined;
  }
  const { leads, isHidden, isOpen } = follow(expression, standing);
  if (isHidden || isOpen || leads.length !== count) return undefined;
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
