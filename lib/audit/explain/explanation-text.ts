import type { DecidingStatement } from '../../iam';
import { visibleThroughout } from '../../visible';
import type { AccessExplanation } from './explain-access';
import type { ExplainedStatement, FailingCondition } from './failing-conditions';

export interface ExplanationTextOptions {
  readonly paint: (text: string, style: 'green' | 'red' | 'bold') => string;
}

const RESULTS = {
  allowed: 'allowed',
  'explicitly-denied': 'denied by a statement',
  'implicitly-denied': 'denied, because nothing allows it',
} as const;

/** The explanation for a person. Ends with a line feed. */
export function renderExplanationText(given: AccessExplanation, { paint }: ExplanationTextOptions): string {
  const { environment, action, resource, principal, context, decision, statements, notAssessed } =
    visibleThroughout(given);
  const style = decision.result === 'allowed' ? 'green' : 'red';
  const deciding =
    decision.result === 'implicitly-denied'
      ? [`  no statement in the ${decision.missing} layer allows it`]
      : decision.by.map((one) => `  by ${nameOf(one)}`);
  const width = Math.max(0, ...context.map(({ key }) => key.length));
  const lines = [
    `${environment}: ${action} on ${resource}`,
    paint(RESULTS[decision.result], style),
    ...deciding,
    '',
    'Request',
    `  ${'principal'.padEnd(width)}  ${principal}`,
    ...context.map(
      ({ key, value, isDefault }) =>
        `  ${key.padEnd(width)}  ${[value].flat().join(', ')}${isDefault ? '' : '  (given)'}`,
    ),
    '',
    'Statements',
    ...statements.flatMap(describeStatement),
    '',
    'Not assessed',
    ...notAssessed.map((line) => `  ${line}`),
  ];
  return `${lines.join('\n')}\n`;
}

function nameOf({ layer, policy, statement }: DecidingStatement): string {
  return `${statement} of ${policy} (${layer})`;
}

function describeStatement(statement: ExplainedStatement): readonly string[] {
  return [`  ${statement.effect.padEnd(5)}  ${nameOf(statement)}: ${outcomeOf(statement)}`];
}

function outcomeOf(statement: ExplainedStatement): string {
  if (statement.matched) return statement.decides ? 'applies and decides' : 'applies, and does not decide';
  if (statement.reason !== 'condition') return `another ${statement.reason}`;
  return (statement.failing ?? [statement]).map(failureText).join('; ');
}

function failureText({ condition, received }: FailingCondition): string {
  const got = received === 'absent' ? 'nothing' : received.join(', ');
  return `${condition.operator} ${condition.key} ${condition.values.join(' or ')}, got: ${got}`;
}
