import { type JunitTrouble, junitText } from '../audit/reports/junit-text';
import type { Outcome } from './summary';

/** A thing that was asked, for a build server. */
export interface JunitCase {
  readonly name: string;
  readonly outcome: Outcome;
  /** Why it did not pass. */
  readonly detail?: string | undefined;
  readonly durationMs?: number | undefined;
}

export interface JunitSuite {
  readonly name: string;
  readonly cases: readonly JunitCase[];
}

/** Suites as JUnit XML: what failed is a failure, what nobody could find out an error. */
export function renderJunit(name: string, suites: readonly JunitSuite[]): string {
  return junitText(
    name,
    suites.map((suite) => ({
      name: suite.name,
      cases: suite.cases.map(({ name, outcome, detail = '', durationMs }) => ({
        classname: suite.name,
        name,
        durationMs,
        trouble: troubleOf(outcome, detail),
      })),
    })),
  );
}

function troubleOf(outcome: Outcome, detail: string): JunitTrouble | undefined {
  if (outcome === 'pass') return undefined;
  const [message = ''] = detail.split('\n');
  return { kind: outcome === 'fail' ? 'failure' : 'error', message, text: detail };
}
