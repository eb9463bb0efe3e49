import { joinSections } from '../../text-layout';
import { describeTool } from '../../tool';
import { describeEndpoint } from '../result/describe-endpoint';
import { describeLocked, wayToRemove } from '../result/locked-versions';
import type { CheckResult, Half, Leftover, Observation, Result, Verification } from '../result/verification';
import { wrap } from './wrap';

export interface TextReportOptions {
  /** Width of the terminal in characters. */
  readonly columns: number;
  readonly useColour: boolean;
}

const WORDS: Readonly<Record<Result, string>> = { pass: 'pass', fail: 'FAIL', inconclusive: 'UNCLEAR' };
/** ANSI colours: green, red, yellow. */
const COLOURS: Readonly<Record<Result, number>> = { pass: 32, fail: 31, inconclusive: 33 };
const WORD_WIDTH = Math.max(...Object.values(WORDS).map((word) => word.length));

/** The scope of the half that was run, and where the rest is seen. */
const HALVES: Readonly<Record<Half, string>> = {
  host: 'what the role can do; the configuration is the operator’s half',
  operator: 'the configuration as audited; what the role can do is the host’s half',
};

/** The verification for a person. Ends with a line feed. */
export function renderTextReport(verification: Verification, options: TextReportOptions): string {
  const { checks, leftovers, leftOut = [], notExercised } = verification;
  const sections = [
    header(verification, options),
    table(checks, options),
    ...checks.filter((check) => check.result !== 'pass').map((check) => explanation(check, options)),
    verification.locked === undefined ? [] : wrap(describeLocked(verification.locked), { ...options, lead: '' }),
    leftoverSection(leftovers, options),
    listSection('no pass', verification.doubts, options),
    listSection('not assessed', verification.notAssessed, options),
    listSection('warning', verification.warnings, options),
    notExercised.length === 0 ? [] : wrap(notExercised.join(', '), { ...options, lead: 'granted, not tried  ' }),
    leftOut.length === 0 ? [] : wrap(leftOut.join(', '), { ...options, lead: 'left out on request  ' }),
    verification.settledMs === undefined ? [] : wrap(settledText(verification.settledMs), { ...options, lead: '' }),
    verdictLines(verification, options),
  ];
  return joinSections(sections);
}

function header(verification: Verification, { columns }: TextReportOptions): readonly string[] {
  const { half, environment, bucket, account, role, simulated, startedAt, tool } = verification;
  const facts = [
    ['environment', environment],
    ['bucket', bucket],
    ['account', simulated ? `${account} (simulated, not AWS)` : account],
    ['ran as', role ?? 'unknown'],
    ...groundsOf(verification),
    ['started', startedAt],
    ...(tool === undefined ? [] : [['judged by', describeTool(tool)] as const]),
    ['half', `${half}: ${HALVES[half]}`],
  ] as const;
  return facts.flatMap(([name, value]) => wrap(value, { columns, lead: `${name.padEnd(13)}` }));
}

/** Where answers and credentials came from. */
function groundsOf({ answeredBy = [], acceptedOtherEndpoints, credentials }: Verification) {
  const until = credentials?.expiration === undefined ? '' : `, until ${credentials.expiration}`;
  return [
    ...(credentials === undefined ? [] : [['credentials', `${credentials.source}${until}`] as const]),
    ...answeredBy.map((one) => ['answered by', describeEndpoint(one)] as const),
    ...(acceptedOtherEndpoints ? [['', 'others than AWS were accepted on request'] as const] : []),
  ];
}

function table(checks: readonly CheckResult[], { columns, useColour }: TextReportOptions): readonly string[] {
  const idWidth = Math.max(0, ...checks.map((check) => check.id.length));
  return checks.flatMap(({ id, title, result }) => {
    const word = WORDS[result].padEnd(WORD_WIDTH);
    const lines = wrap(title, { columns, lead: `${word}  ${id.padEnd(idWidth)}  ` });
    return useColour ? paintStart(lines, word, result) : lines;
  });
}

function explanation(check: CheckResult, { columns, useColour }: TextReportOptions): readonly string[] {
  const { id, title, result, expected, observed, detail, diagnoses = [], lookAt, attempts } = check;
  const tries = attempts > 1 ? ` (tried ${attempts} times)` : '';
  const facts = [
    ['expected', expected],
    ...observed.map((one, index) => [index === 0 ? 'observed' : '', describe(one)] as const),
    ['means', `${detail}${tries}`],
    ...diagnoses.flatMap(({ cause, fix, inVault }) => [
      ['cause', cause] as const,
      ['fix', fix] as const,
      ...(inVault === undefined ? [] : [['in Vault', `it shows as: ${inVault}`] as const]),
    ]),
    ...(lookAt === undefined ? [] : [['look at', lookAt] as const]),
  ] as const;
  const heading = wrap(`${id}: ${title}`, { columns, lead: `${WORDS[result]} ` });
  return [
    ...(useColour ? paintStart(heading, WORDS[result], result) : heading),
    ...facts.flatMap(([name, text]) => wrap(text, { columns, lead: `  ${name.padEnd(10)}` })),
  ];
}

function describe({ call, answer, status, requestId }: Observation): string {
  const facts = [status === undefined ? [] : `HTTP ${status}`, requestId === undefined ? [] : `request ${requestId}`];
  const where = facts.flat().join(', ');
  return `${call}: ${answer}${where === '' ? '' : ` (${where})`}`;
}

function listSection(name: string, lines: readonly string[] = [], { columns }: TextReportOptions): readonly string[] {
  return lines.flatMap((line, index) =>
    wrap(line, { columns, lead: `${(index === 0 ? name : '').padEnd(name.length)}  ` }),
  );
}

function leftoverSection(leftovers: readonly Leftover[], { columns }: TextReportOptions): readonly string[] {
  if (leftovers.length === 0) return [];
  const lines = leftovers.flatMap(({ kind, bucket, key, versionId, uploadId, reason, ...rest }) => {
    const id = versionId ?? uploadId;
    const what = `${bucket === undefined ? '' : `${bucket}/`}${key}${id === undefined ? '' : ` (${id})`}: ${reason}`;
    // A command that was wrapped could not be copied.
    const way =
      rest.command === undefined ? wrap(wayToRemove(rest), { columns, lead: '    ' }) : [`    ${rest.command}`];
    return [...wrap(what, { columns, lead: `  ${kind.padEnd(14)}` }), ...way];
  });
  return [...wrap('Left in the bucket. Below each is how an operator removes it:', { columns, lead: '' }), ...lines];
}

/** IAM's changes mostly arrive within this time. */
const USUAL_SETTLING_MS = 60_000;

function settledText(settledMs: number): string {
  const seconds = Math.floor(settledMs / 1000);
  const since = `What must be refused was last tried when this run had seen no change for ${seconds} s`;
  return settledMs >= USUAL_SETTLING_MS
    ? `${since}.`
    : `${since}: a policy that was changed shortly before may not have been in force.`;
}

function verdictLines(verification: Verification, { columns, useColour }: TextReportOptions): readonly string[] {
  const { verdict, counts, durationMs } = verification;
  const { total, pass, fail, inconclusive } = counts;
  const seconds = (durationMs / 1000).toFixed(1);
  const text = `${pass} of ${total} checks passed, ${fail} failed, ${inconclusive} unclear, in ${seconds} s`;
  const word = `${verdict.toUpperCase()}:`;
  const lines = wrap(text, { columns, lead: `${word} ` });
  return useColour ? paintStart(lines, word, verdict) : lines;
}

/** Colour comes after the layout, because its characters take no room. */
function paintStart([first = '', ...rest]: readonly string[], word: string, result: Result): readonly string[] {
  return [`\u001b[${COLOURS[result]}m${word}\u001b[39m${first.slice(word.length)}`, ...rest];
}
