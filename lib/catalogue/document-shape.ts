import { ToolkitError } from '../errors';
import type { PolicyKind } from '../iam';
import { parseAnew } from '../iam/parse/parse-policy';
import { nearestName } from '../nearest-name';
import { type PolicyProblem, pointerTo } from './policy-problem';
import { isJsonObject, type JsonObject, locateStatements } from './statement-facts';
import { STATEMENT_ELEMENTS, statementTrials } from './statement-trials';
import type { Trial } from './value-trials';

const DOCUMENT_ELEMENTS: readonly string[] = ['Version', 'Id', 'Statement'];
const LEGAL_STATEMENT = { Effect: 'Deny', Action: '*', Resource: '*' };

/** A document to parse, and where the value in question stands in it. */
interface Attempt extends Omit<Trial, 'statement' | 'within'> {
  readonly document: unknown;
  readonly kind: PolicyKind;
}

/**
 * Everything that the policy parser refuses, not only the first: each value is parsed in a legal document of its own.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function findShapeProblems(document: unknown, kind: PolicyKind): readonly PolicyProblem[] {
  // A legal statement stays legal in parts, so whatever is parsed as a whole needs no trials.
  if (isParsed(document, kind)) return [];
  if (!isJsonObject(document)) return attempt({ document, kind, from: '', to: '', rule: 'wrong-value' });
  const ofDocument = documentAttempts(document).flatMap(attempt);
  const isVersionSound = !ofDocument.some(({ pointer }) => pointer === '/Version');
  const version = isVersionSound ? document.Version : '2012-10-17';
  const ofStatements = locateStatements(document)
    .flatMap(({ value, pointer }) => statementTrials(value, pointer, kind))
    .flatMap((trial) => run(trial, { kind, version }));
  return [...ofDocument, ...ofStatements];
}

function isParsed(document: unknown, kind: PolicyKind): boolean {
  try {
    parseAnew(document, 'policy', kind);
    return true;
  } catch {
    return false;
  }
}

function documentAttempts(document: JsonObject): readonly Attempt[] {
  const kind = 'identity';
  const statement = document.Statement ?? [];
  const isEmpty = Array.isArray(statement) && statement.length === 0;
  const ofElements = Object.keys(document)
    .filter((name) => name !== 'Statement' && document[name] !== undefined)
    .map((name): Attempt => {
      const to = pointerTo('', name);
      const tried = { kind, document: { Statement: LEGAL_STATEMENT, [name]: document[name] }, to } as const;
      const isKnown = DOCUMENT_ELEMENTS.includes(name);
      return isKnown ? { ...tried, from: to, rule: 'wrong-value' } : { ...tried, from: '', rule: 'unknown-element' };
    });
  const at = '/Statement';
  const empty: Attempt = { kind, document: { Statement: [] }, from: at, to: at, rule: 'missing-element' };
  return isEmpty ? [...ofElements, empty] : ofElements;
}

function run(trial: Trial, scope: { readonly kind: PolicyKind; readonly version: unknown }): readonly PolicyProblem[] {
  const document = { Version: scope.version, Statement: [trial.statement] };
  const problems = attempt({ ...trial, document, kind: scope.kind, from: `/Statement/0${trial.from}` });
  return problems.length > 0 ? problems : (trial.within ?? []).flatMap((next) => run(next, scope));
}

function attempt({ document, kind, from, to, rule }: Attempt): readonly PolicyProblem[] {
  try {
    parseAnew(document, 'policy', kind);
    return [];
  } catch (error) {
    const { pointer, message, got } = readRefusal(error);
    const rest = pointer.startsWith(from) && rule !== 'unknown-element' ? pointer.slice(from.length) : '';
    const fix = fixOf(rule, to);
    // A statement lacks this; the parser would show the trial that was made of it.
    const shown = rule === 'missing-element' ? 'nothing' : got;
    return [{ pointer: to + rest, rule, message, got: shown, ...(fix && { fix }) }];
  }
}

/** The parser's error is one line for people; its parts are in it in a fixed order. */
function readRefusal(error: unknown): { readonly pointer: string; readonly message: string; readonly got: string } {
  if (!(error instanceof ToolkitError) || error.code !== 'BadPolicy') throw error;
  const parts = /^'policy' at '(.*?)': (.*), got: (.*)$/s.exec(error.message);
  if (parts === null)
    throw new Error(`the policy parser worded an error in a new way: ${error.message}`, { cause: error });
  const [, pointer = '', message = '', got = ''] = parts;
  return { pointer, message, got: /^".*"$/s.test(got) ? String(JSON.parse(got)) : got };
}

function fixOf(rule: Attempt['rule'], to: string): string | undefined {
  const name = to.split('/').at(-1) ?? '';
  if (rule === 'element-not-allowed') return `remove '${name}'`;
  if (rule !== 'unknown-element') return undefined;
  const isOfDocument = to.lastIndexOf('/') === 0;
  const nearest = nearestName(name, isOfDocument ? DOCUMENT_ELEMENTS : STATEMENT_ELEMENTS);
  return nearest && `write '${nearest}'`;
}
