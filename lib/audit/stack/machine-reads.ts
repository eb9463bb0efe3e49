/** Where a template begins: an expression or a directive that is not escaped. */
const TEMPLATE = /(?<!\$)\$\{|(?<!%)%\{/;

/** Functions by which a text takes something from the machine that Terraform runs on. */
const READS = /\b(?:file\w*|templatefile|pathexpand|abspath)\s*\([^}]*/g;

/**
 * The calls in names and texts, at any depth, that read the machine on which Terraform runs. What stands behind a template in
 * the same text counts as in it, because braces may be in quotes.
 *
 * @see https://developer.hashicorp.com/terraform/language/functions/file
 */
export function machineReads(value: unknown): readonly string[] {
  if (typeof value === 'string') return readsIn(value);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => [...readsIn(name), ...machineReads(one)]);
}

function readsIn(text: string): readonly string[] {
  const begin = text.search(TEMPLATE);
  return begin < 0 ? [] : [...text.slice(begin).matchAll(READS)].map(([call]) => call);
}
