import type { Finding } from './report/audit-report';
import type { Outcome } from './rule-kit/rule';
import type { PolicyReading, Subject } from './subject/subject';

/** A finding, and the outcome that it was made of. */
export interface Judged {
  readonly finding: Finding;
  readonly outcome: Outcome;
}

/** Rules that tell why a policy is not known, the one that decides first. */
const TELLING = ['policies-valid', 'policies-readable'];

/**
 * Links each doubt that only follows from another finding to that finding, so that one cause is told once.
 *
 * The doubts stay in the report: whoever waives the cause has not waived what hangs on it.
 */
export function linkHangingDoubts(judged: readonly Judged[], { place, policies }: Subject): readonly Finding[] {
  const unread = policies.filter(({ policy }) => policy.state === 'unknown');
  const causeOf = ({ finding, outcome }: Judged): Finding | undefined => {
    if (finding.result !== 'unknown') return undefined;
    const address = finding.rule === 'policies-readable' ? finding.resource : addressIn(outcome, unread);
    const cause =
      (place.account === undefined || place.region === undefined ? findingAboutPlace(outcome, judged) : undefined) ??
      (address === undefined
        ? (findingAboutStranger(outcome, judged) ?? findingThatTells(outcome, judged))
        : findingAbout(address, judged));
    return cause?.id === finding.id ? undefined : cause;
  };
  const causes = new Map(judged.map((one) => [one.finding.id, causeOf(one)?.id] as const));
  return judged.map(({ finding }) => {
    const hangsOn = firstCause(finding.id, causes);
    return hangsOn === finding.id ? finding : { ...finding, hangsOn };
  });
}

/** The end of the chain of causes: a doubt is told with whatever all of them follow from. */
function firstCause(
  id: string,
  causes: ReadonlyMap<string, string | undefined>,
  trail: readonly string[] = [],
): string {
  const cause = causes.get(id);
  return cause === undefined || trail.includes(cause) ? id : firstCause(cause, causes, [...trail, id]);
}

/** The policy that a doubt's reason is about: the reason is that policy's own, or names its address. */
function addressIn({ because }: Outcome, unread: readonly PolicyReading[]): string | undefined {
  if (because === undefined) return undefined;
  const named = unread.find(({ resource }) => because.includes(`'${resource.address}'`));
  const same = unread.find(
    ({ policy }) => policy.state === 'unknown' && firstLine(policy.because) === firstLine(because),
  );
  return (named ?? same)?.resource.address;
}

function findingAbout(address: string, judged: readonly Judged[]): Finding | undefined {
  const about = judged.map(({ finding }) => finding).filter(({ resource }) => resource === address);
  return TELLING.map((rule) =>
    about.find(
      (one) =>
        one.rule === rule && (one.result === 'fail' || (rule === 'policies-readable' && one.result === 'unknown')),
    ),
  ).find((one) => one !== undefined);
}

/** A stack that does not say where it is leaves open whatever depends on that. */
function findingAboutPlace({ because, detail }: Outcome, judged: readonly Judged[]): Finding | undefined {
  if (![because, detail].some((text) => text?.includes('no input says'))) return undefined;
  return judged.find(({ finding }) => finding.rule === 'provider-settings' && isOpen(finding))?.finding;
}

/** Something that gives access in a way that is not known here leaves open whatever asks who has access. */
function findingAboutStranger({ because }: Outcome, judged: readonly Judged[]): Finding | undefined {
  return judged.find(
    ({ finding }) =>
      finding.rule === 'resources-understood' && isOpen(finding) && because?.startsWith(`'${finding.resource}' `),
  )?.finding;
}

/** The open finding that says why this is not known. */
function findingThatTells({ because }: Outcome, judged: readonly Judged[]): Finding | undefined {
  if (because === undefined) return undefined;
  return judged.find(({ finding, outcome }) => outcome.tells === because && isOpen(finding))?.finding;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}

/** A doubt hangs on nothing once its cause is waived, and then stands by itself. */
export function settleHanging(findings: readonly Finding[]): readonly Finding[] {
  const open = new Set(findings.filter(isOpen).map(({ id }) => id));
  return findings.map(({ hangsOn, ...finding }) =>
    hangsOn !== undefined && finding.waiver === undefined && open.has(hangsOn) ? { ...finding, hangsOn } : finding,
  );
}

function isOpen({ result, waiver }: Finding): boolean {
  return waiver === undefined && (result === 'fail' || result === 'unknown');
}
