import { type Document, isScalar, parseDocument, visit } from 'yaml';
import type { Issue } from './errors';

/** The value of a YAML text, or why it has none. */
export type YamlContent = { readonly content: unknown } | { readonly issue: Issue };

/** Of YAML 1.1; in YAML 1.2 it is a key like any other, and editors and schemas take it for one. */
const MERGE_KEY = '<<';
const MERGED = `must be YAML without merge keys, got: ${MERGE_KEY}\nWrite the keys out, or put what environments share into defaults.yaml`;
const FIX = 'Indent with spaces, and put texts that hold brackets, a hash or a colon in quotes';

/**
 * Reads a YAML text of one document. Pure. Of several errors the first is told: the others mostly follow from it.
 *
 * @param file how to call the text in a message
 */
export function readYaml(text: string, file: string): YamlContent {
  const document = parseDocument(text, { prettyErrors: true });
  const [error] = document.errors;
  if (error?.code === 'MULTIPLE_DOCS') {
    return { issue: issue(file, `must hold one YAML document, got: several\nPut each into a file of its own`) };
  }
  if (error !== undefined) return { issue: notYaml(file, error.message) };
  if (text.includes(MERGE_KEY) && hasMergeKey(document)) return { issue: issue(file, MERGED) };
  try {
    return { content: document.toJS() };
  } catch (thrown) {
    return { issue: issue(file, `must be YAML with fewer aliases, got: ${(thrown as Error).message}`) };
  }
}

function hasMergeKey(document: Document.Parsed): boolean {
  let isFound = false;
  visit(document, {
    Pair: (_index, { key }) => {
      if (!isScalar(key) || key.value !== MERGE_KEY || key.type !== 'PLAIN') return undefined;
      isFound = true;
      return visit.BREAK;
    },
  });
  return isFound;
}

function notYaml(file: string, message: string): Issue {
  const [line = ''] = message.split('\n');
  return issue(file, `must be valid YAML, got: ${line.replace(/:$/, '')}\n${FIX}`);
}

function issue(file: string, message: string): Issue {
  return { file, path: '', message };
}
