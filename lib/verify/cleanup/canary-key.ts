import { NEGATIVE_CHECKS, POSITIVE_CHECKS } from '../checks';

/** The parts of a canary's key after the verification prefix: the id of its run, and that of the check that wrote it. */
const RUN_AND_CHECK = /^[A-Za-z0-9-]{8,64}\/([a-z-]+)(\/.+)?$/;

const CHECK_IDS: ReadonlySet<string> = new Set([...POSITIVE_CHECKS, ...NEGATIVE_CHECKS].map(({ id }) => id));

/**
 * Whether a key can only be one that verification wrote.
 *
 * Somebody else's file below the prefix does not have the form, so it is never taken for a leftover.
 *
 * @param verificationPrefix - ends with a slash
 */
export function isCanary(key: string, verificationPrefix: string): boolean {
  if (!key.startsWith(verificationPrefix)) return false;
  const [, checkId = ''] = RUN_AND_CHECK.exec(key.slice(verificationPrefix.length)) ?? [];
  return CHECK_IDS.has(checkId);
}
