import type { StackDocument } from './stack-document';

/** Output of the stack of an account base. */
export interface AccountBaseOutput {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly logBucket: string;
  /** Names of the buckets that log to it. */
  readonly sources: readonly string[];
}

const OUTPUT = 'account_base';
const TEXTS = ['name', 'account', 'region', 'logBucket'] as const;

/** The output of a stack that is an account base; undefined for one that is not, or whose output says something else. */
export function accountBaseOutput({ outputs }: Pick<StackDocument, 'outputs'>): AccountBaseOutput | undefined {
  const value = outputs.find(({ name }) => name === OUTPUT)?.value;
  if (typeof value !== 'object' || value === null) return undefined;
  const said = value as Readonly<Record<string, unknown>>;
  const isWhole = TEXTS.every((key) => typeof said[key] === 'string');
  const isListed = Array.isArray(said.sources) && said.sources.every((one) => typeof one === 'string');
  return isWhole && isListed ? (said as unknown as AccountBaseOutput) : undefined;
}
