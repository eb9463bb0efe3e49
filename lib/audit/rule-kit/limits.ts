import type { Subject } from '../subject/subject';

/** The output in which a stack says by which figures it is judged. */
const OUTPUT = 'audit_limits';

/** Judgements, one figure each; decision 012 says why these. */
const DEFAULTS = { versionDays: 7, rotationDays: 365, sessionHours: 1, lockDays: 0 } as const;

export type LimitName = keyof typeof DEFAULTS;

export interface Limit {
  readonly figure: number;
  /** Who says so, for the report. */
  readonly said: string;
}

/** The figure of the environment file, or that of the audit; undefined where the stack's is not known. */
export function limitOf(name: LimitName, { stack }: Subject): Limit | undefined {
  const output = stack.outputs.find((one) => one.name === OUTPUT);
  const said = (output?.value ?? {}) as Readonly<Record<string, unknown>>;
  const figure = typeof said === 'object' && Object.hasOwn(said, name) ? said[name] : undefined;
  if (figure === undefined)
    return { figure: DEFAULTS[name], said: `${DEFAULTS[name]}, as the environment file says no other` };
  return typeof figure === 'number' ? { figure, said: `${figure}, by output.${OUTPUT}` } : undefined;
}
