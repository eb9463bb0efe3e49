import type { DecidingStatement, Decision, Layer } from '../../../iam/types';

/** One answer of the evaluator, as the log keeps it. */
export interface LoggedDecision {
  readonly action: string;
  readonly resource: string;
  readonly result: Decision['result'];
  /** The statements that allowed or denied. */
  readonly by?: readonly DecidingStatement[];
  /** The layer that did not allow. */
  readonly missing?: Layer;
}

export function logDecision(action: string, resource: string, decision: Decision): LoggedDecision {
  const reason = decision.result === 'implicitly-denied' ? { missing: decision.missing } : { by: decision.by };
  return { action, resource, result: decision.result, ...reason };
}
