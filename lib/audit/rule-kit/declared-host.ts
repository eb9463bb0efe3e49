import type { Subject } from '../subject/subject';

type Declaration = Extract<Subject['declaration'], { state: 'known' }>['value'];

/** The kind of host that the stack is declared to be for; `undefined` where nobody says. */
export function declaredKind({ declaration }: Pick<Subject, 'declaration'>): Declaration['host']['kind'] | undefined {
  return declaration.state === 'known' ? declaration.value.host.kind : undefined;
}

/** `host` of the stack's output, as it is written. */
export function toldHost({ stack }: Pick<Subject, 'stack'>): Readonly<Record<string, unknown>> {
  const output = stack.outputs.find(({ name }) => name === 'backup_environment')?.value;
  const host = typeof output === 'object' && output !== null && 'host' in output ? output.host : undefined;
  return typeof host === 'object' && host !== null ? { ...host } : {};
}
