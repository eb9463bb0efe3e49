import { type Content, type Markup, markup } from './markup';

/** Why a case did not pass: a `failure`, an `error` where nobody could find out, or `skipped`. */
export interface JunitTrouble {
  readonly kind: 'failure' | 'error' | 'skipped';
  readonly type?: string;
  readonly message: string;
  /** What stands inside; absent for an element without content. */
  readonly text?: Content;
}

/** A thing that was asked. */
export interface JunitTestcase {
  readonly classname: string;
  readonly name: string;
  readonly durationMs?: number | undefined;
  readonly trouble?: JunitTrouble | undefined;
}

export interface JunitTestsuite {
  readonly name: string;
  readonly cases: readonly JunitTestcase[];
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
  readonly durationMs?: number;
  /** In ISO 8601. */
  readonly startedAt?: string;
}

/**
 * Suites as JUnit XML for a build server.
 *
 * @see https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 */
export function junitText(name: string, suites: readonly JunitTestsuite[]): string {
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${name}">
${suites.map(suiteMarkup)}</testsuites>
`.text;
}

function suiteMarkup({ name, cases, properties, durationMs, startedAt }: JunitTestsuite): Markup {
  const count = (wanted: JunitTrouble['kind']) => cases.filter(({ trouble }) => trouble?.kind === wanted).length;
  const timestamp = startedAt && markup` timestamp="${startedAt.replace(/\.\d+Z$/, '')}"`;
  return markup`  <testsuite name="${name}" tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"${timeMarkup(durationMs)}${timestamp}>
${properties && propertiesMarkup(properties)}${cases.map(caseMarkup)}  </testsuite>
`;
}

function propertiesMarkup(properties: NonNullable<JunitTestsuite['properties']>): Markup {
  return markup`    <properties>
${properties.map(({ name, value }) => markup`      <property name="${name}" value="${value}"/>\n`)}    </properties>
`;
}

function caseMarkup({ classname, name, durationMs, trouble }: JunitTestcase): Markup {
  return markup`    <testcase classname="${classname}" name="${name}"${timeMarkup(durationMs)}>${trouble && troubleMarkup(trouble)}</testcase>
`;
}

/** In seconds. */
function timeMarkup(durationMs: number | undefined): Markup | undefined {
  return durationMs === undefined ? undefined : markup` time="${(durationMs / 1000).toFixed(3)}"`;
}

function troubleMarkup({ kind, type, message, text }: JunitTrouble): Markup {
  const start = markup`<${kind}${type === undefined ? undefined : markup` type="${type}"`} message="${message}"`;
  return text === undefined ? markup`${start}/>` : markup`${start}>${text}</${kind}>`;
}
