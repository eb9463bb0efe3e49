import { type Arguments, requireObject } from './arguments';

/** A resource as the text has it. */
interface WrittenResource {
  readonly address: string;
  readonly type: string;
  readonly arguments: Arguments;
}

/**
 * A resource of the text.
 *
 * With a `count` of 0 it is not there: such a block only keeps an earlier one from being destroyed. With a `count` of 1
 * it is one, at an address of its own.
 *
 * @see https://developer.hashicorp.com/terraform/language/meta-arguments/count
 */
export function readResource(type: string, name: string, given: unknown): readonly WrittenResource[] {
  const address = `${type}.${name}`;
  const { '//': _metadata, ...written } = requireObject(given, `'${address}'`);
  if (written.count === 0) return [];
  const { count, ...single } = written;
  const [at, of] = count === 1 ? [`${address}[0]`, single] : [address, written];
  return [{ address: at, type, arguments: withoutIdleWords(type, withPlainReferences(of) as Arguments) }];
}

const SPACED_REFERENCE = /(?<!\$)\$\{\s*([\w.[\]"-]+)\s*\}/g;

/** The same without spaces inside the braces of references, where Terraform allows them. */
export function withPlainReferences(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(SPACED_REFERENCE, (_, reference) => `\${${reference}}`);
  if (Array.isArray(value)) return value.map(withPlainReferences);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withPlainReferences(one)]));
}

/** Arguments written out that say what holds without them. */
const DEFAULTS: Readonly<Record<string, Arguments>> = { aws_kms_key: { multi_region: false } };

function withoutIdleWords(type: string, given: Arguments): Arguments {
  const idle = DEFAULTS[type];
  const said = Object.entries(given).filter(([name, value]) => idle?.[name] === undefined || idle[name] !== value);
  return Object.fromEntries(said.map(([name, value]) => [name, name === 'lifecycle' ? ignoringSome(value) : value]));
}

/** The block without an empty list of changes to ignore. */
function ignoringSome(lifecycle: unknown): unknown {
  if (Array.isArray(lifecycle)) return lifecycle.map(ignoringSome);
  if (typeof lifecycle !== 'object' || lifecycle === null) return lifecycle;
  const { ignore_changes: ignored, ...rest } = lifecycle as Arguments;
  return Array.isArray(ignored) && ignored.length === 0 ? rest : lifecycle;
}

/** The settings of the provider; Terraform makes text of the number of an account. */
export function readProviderBlock(given: unknown, at: string): Arguments {
  const settings = requireObject(given, at);
  const { allowed_account_ids: accounts } = settings;
  if (!Array.isArray(accounts)) return settings;
  return { ...settings, allowed_account_ids: accounts.map((id) => (typeof id === 'number' ? String(id) : id)) };
}
