import type { Refused } from '../../aws/answer';
import type { Aws } from '../../aws/connect';
import type { BackupEnvironment } from '../../backup-environment/schema';
import { wordsOnHost } from '../../backup-environment/told-host';
import { ToolkitError } from '../../errors';
import { splitLocked } from '../check-kit/object-lock';
import { type GuardedS3, guardS3 } from '../guard/guard';
import { createJournal } from '../guard/journal';
import type { OwnScope } from '../guard/run-scope';
import type { LockedVersions } from '../result/locked-versions';
import type { Leftover } from '../result/verification';
import { identify } from '../run/identity';
import { isCanary } from './canary-key';
import { isRefused, listUploads, listVersions, type Remains } from './list-remains';
import { removalOf } from './removal';
import { idOf, type Reason, removeAll, textOf } from './remove-remains';

/** The fate of the leftovers of earlier runs. */
export interface Cleaning {
  readonly version: 1;
  readonly bucket: string;
  readonly account: string;
  readonly removed: readonly Omit<Remains, 'madeAt'>[];
  /** Versions that Object Lock keeps until their retention is over. */
  readonly locked?: LockedVersions;
  /** Objects that could not be removed. */
  readonly leftovers: readonly Leftover[];
  /** Probes that may be of a run under way, and were left alone. */
  readonly tooYoung: number;
  /** Objects below the prefix that are no probes, and were left alone. */
  readonly notProbes: number;
}

export interface CleaningOptions {
  readonly config: BackupEnvironment;
  readonly aws: Aws;
  readonly now: () => Date;
  /** How old a probe has to be: younger ones may be of a run under way. */
  readonly olderThanMs: number;
  readonly signal?: AbortSignal;
}

/**
 * Finds what earlier runs left below the verification prefix, by the form of its key, and removes it.
 *
 * @throws {ToolkitError} `NoCredentials`, `ExpiredCredentials`, `LongTermCredentials`, `LeftoversNotListed`
 */
export async function cleanLeftovers(options: CleaningOptions): Promise<Cleaning> {
  const { config, aws, signal } = options;
  await identify(aws, wordsOnHost(config), signal);
  const scope = sweepScope(config);
  const s3 = guardS3(aws.s3, { scope, journal: createJournal(), ...(signal && { signal }) });
  const found = await listRemains(s3, scope);
  const canaries = found.filter(({ key }) => scope.owns(key));
  const old = canaries.filter((one) => isOld(one, options));
  const reasons = await removeAll({ s3, scope }, old);
  const stillThere = new Set((old.length === 0 ? [] : await listRemains(s3, scope)).map(idOf));
  const left = old.filter((one) => stillThere.has(idOf(one)));
  return {
    version: 1,
    bucket: scope.bucket,
    account: scope.account,
    removed: old.filter((one) => !stillThere.has(idOf(one))).map(withoutDate),
    ...sortOut(
      left.map((one) => ({ ...one, refusal: reasons.get(idOf(one)) })),
      scope,
      options,
    ),
    tooYoung: canaries.length - old.length,
    notProbes: found.length - canaries.length,
  };
}

interface Left extends Remains {
  readonly refusal: Reason | undefined;
}

/** Tells what Object Lock keeps from what an operator has to remove. */
function sortOut(
  left: readonly Left[],
  scope: OwnScope,
  { config, now }: CleaningOptions,
): Pick<Cleaning, 'locked' | 'leftovers'> {
  const { region, objectLock: lock } = config.aws;
  const removing = { scope, region, now, ...(lock && { lock }) };
  const { locked, others } = splitLocked(left, removing);
  const leftovers = others.map(({ refusal, ...one }) => ({
    ...withoutDate(one),
    reason: textOf(refusal),
    ...removalOf(removing, { ...one, refusal }),
  }));
  return { ...(locked && { locked }), leftovers };
}

function sweepScope({ form, aws, permissions }: BackupEnvironment): OwnScope {
  const { verificationPrefix: prefix } = permissions;
  return { bucket: form.bucketName, account: aws.account, prefix, owns: (key) => isCanary(key, prefix) };
}

async function listRemains(s3: GuardedS3, scope: OwnScope): Promise<readonly Remains[]> {
  const [versions, uploads] = await Promise.all([listVersions(s3, scope), listUploads(s3, scope)]);
  if (isRefused(versions)) throw notListed('versions', scope, versions);
  if (isRefused(uploads)) throw notListed('unfinished uploads', scope, uploads);
  return [...versions, ...uploads];
}

function notListed(what: string, { bucket, prefix }: OwnScope, { code, message }: Refused): ToolkitError {
  return new ToolkitError(
    'LeftoversNotListed',
    `${what} of '${bucket}/${prefix}' must be listed to find leftovers, got: ${code}: ${message}\n` +
      'Run it with the credentials of the role, or of an operator who may list and delete versions',
  );
}

/** One without a date is as old as anybody likes: S3 always tells it. */
function isOld({ madeAt }: Remains, { now, olderThanMs }: CleaningOptions): boolean {
  return madeAt === undefined || now().getTime() - madeAt.getTime() >= olderThanMs;
}

function withoutDate({ madeAt: _, ...one }: Remains): Omit<Remains, 'madeAt'> {
  return one;
}
