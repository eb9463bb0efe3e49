import { type Arguments, requireObject } from '../arguments';
import type { StackDocument, StackOutput } from '../stack-document';
import { asObject } from './configurations';
import { readAfter } from './planned-values';
import { isNotSet } from './read-resources';

/** The stack that a plan found: every resource that exists, with the ids that AWS chose. */
export function readBefore(plan: Arguments, changes: readonly Arguments[], provider: Arguments): StackDocument {
  const there = changes.filter(({ mode, change }) => mode !== 'data' && isThere(asObject(change).before));
  const outputs = readOutputs(plan);
  const saysPlace = outputs.some(({ name }) => name === 'backup_environment');
  return {
    source: 'plan',
    resources: there.map(({ address, type, change }) => {
      const before = asObject(readAfter({ after: asObject(change).before }));
      const set = Object.entries(before).filter(([name]) => !isNotSet(String(type), name));
      return { address: String(address), type: String(type), arguments: Object.fromEntries(set) };
    }),
    // The provider is that of the plan, which may be in another place by now.
    provider: saysPlace ? {} : provider,
    outputs,
    hasDataSources: false,
    showsMetaArguments: false,
    changes: [],
    imports: [],
    doubts: [],
    contradictions: [],
  };
}

function readOutputs(plan: Arguments): readonly StackOutput[] {
  const changes = requireObject(plan.output_changes ?? {}, "'output_changes'");
  return Object.entries(changes).flatMap(([name, given]) => {
    const { before } = asObject(given);
    return isThere(before) ? [{ name, value: readAfter({ after: before }), isSensitive: false }] : [];
  });
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}
