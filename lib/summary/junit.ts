import { type Markup, markup } from '../audit/reports/markup';
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

/**
 * Suites as JUnit XML: what failed is a failure, what nobody could find out an error.
 *
 * @see https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 */
export function renderJunit(name: string, suites: readonly JunitSuite[]): string {
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${name}">
${suites.map(suiteOf)}</testsuites>
`.text;
}

function suiteOf({ name, cases }: JunitSuite): Markup {
  const count = (wanted: Outcome) => cases.filter(({ outcome }) => outcome === wanted).length;
  return markup`  <testsuite name="${name}" tests="${cases.length}" failures="${count('fail')}" errors="${count('error')}" skipped="0">
${cases.map((one) => caseOf(one, name))}  </testsuite>
`;
}

function caseOf({ name, outcome, detail = '', durationMs }: JunitCase, suite: string): Markup {
  const time = durationMs === undefined ? markup`` : markup` time="${(durationMs / 1000).toFixed(3)}"`;
  return markup`    <testcase classname="${suite}" name="${name}"${time}>${troubleOf(outcome, detail)}</testcase>
`;
}

function troubleOf(outcome: Outcome, detail: string): Markup | undefined {
  const [first = ''] = detail.split('\n');
  if (outcome === 'fail') return markup`<failure message="${first}">${detail}</failure>`;
  return outcome === 'error' ? markup`<error message="${first}">${detail}</error>` : undefined;
}
