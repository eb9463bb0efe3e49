import type { X509Certificate } from 'node:crypto';
import { ISSUE_AGAIN, type Trouble } from './trouble';

const DAY_MS = 86_400_000;
/** An authority may date a certificate back by so much, for clocks that go wrong. */
const BACKDATED_MS = 3_600_000;
/** A certificate that is renewed in time never has less than this share of its validity left. */
const LEAST_SHARE_LEFT = 0.3;

/** Whether a certificate is in its time, not about to leave it, and no longer valid than was promised. */
export function aboutTime(
  { validFrom, validTo }: X509Certificate,
  { now, maximumDays }: { readonly now: Date; readonly maximumDays: number | undefined },
): readonly Trouble[] {
  const [from, to] = [Date.parse(validFrom), Date.parse(validTo)];
  if (now.getTime() < from) {
    return [
      {
        found: `It is not valid before ${validFrom}.`,
        fix: 'Look at the clock of this host first, then at the authority.',
      },
    ];
  }
  if (now.getTime() > to) return [{ found: `It expired at ${validTo}.`, fix: ISSUE_AGAIN }];
  return [...aboutRenewal(to - now.getTime(), to - from), ...aboutLength(to - from, maximumDays)];
}

function aboutRenewal(leftMs: number, validityMs: number): readonly Trouble[] {
  const share = leftMs / validityMs;
  if (share >= LEAST_SHARE_LEFT) return [];
  return [
    {
      found: `${Math.floor(share * 100)} % of its validity is left: ${days(leftMs)} of ${days(validityMs)}.`,
      fix: `Renew it now, and find out why that was forgotten. ${ISSUE_AGAIN}`,
      isNote: true,
    },
  ];
}

function aboutLength(validityMs: number, maximumDays: number | undefined): readonly Trouble[] {
  if (maximumDays === undefined || validityMs <= maximumDays * DAY_MS + BACKDATED_MS) return [];
  return [
    {
      found: `It is valid for ${days(validityMs)}, and the environment file names ${maximumDays} days at most.`,
      fix: 'Let the authority issue certificates of hosts for as long as the environment file says: a stolen key is good until then.',
    },
  ];
}

function days(durationMs: number): string {
  return `${Number((durationMs / DAY_MS).toFixed(1))} days`;
}
