import { isSimulatedServer } from '../aws/simulated-server';
import { credentialSourcesOf } from '../hosts';
import type { Cleaned } from './cleanup/clean-run';
import { diagnoseChecks } from './diagnosis/diagnose';
import { doubtsOf, withDoubts } from './result/doubts';
import { countsOf, VERIFICATION_VERSION, type Verification, verdictOf } from './result/verification';
import { notAskedOf, oddGrantsOf } from './run/called-for';
import type { Identity } from './run/identity';
import type { Checked } from './run/run-checks';
import type { Selection } from './run/selection';
import type { VerifyOptions } from './run/verify-options';

/** A run that has ended, and has removed what it wrote. */
interface EndedRun extends Checked, Cleaned {
  readonly selection: Selection;
  readonly identity: Identity;
  readonly runId: string;
  readonly startedAt: Date;
}

/** What a run on the host comes to. */
export function verificationOf(
  options: VerifyOptions,
  { checks, settledMs, leftovers, locked, selection, identity, runId, startedAt }: EndedRun,
): Verification {
  const { config, aws, now } = options;
  const results = checks.map((check) => check.result);
  const { doubts, ...grounds } = groundsOf(options, { selection, identity });
  return {
    version: VERIFICATION_VERSION,
    half: 'host',
    verdict: withDoubts(verdictOf(results), doubts),
    environment: config.environment,
    account: config.aws.account,
    bucket: config.form.bucketName,
    ...(identity.arn !== undefined && { role: identity.arn }),
    ...([...aws.serverNames()].some(isSimulatedServer) && { simulated: true }),
    runId,
    startedAt: startedAt.toISOString(),
    durationMs: now().getTime() - startedAt.getTime(),
    settledMs,
    counts: countsOf(results),
    ...(doubts.length > 0 && { doubts }),
    ...grounds,
    evidence: config.evidence,
    checks: diagnoseChecks(checks, config, 'host'),
    leftOut: selection.leftOut,
    notExercised: selection.notExercised,
    ...(selection.notAskable.length > 0 && { notAssessed: selection.notAskable }),
    ...(locked && { locked }),
    leftovers,
  };
}

/** The grounds of the verdict besides the checks, and the doubts about them. */
function groundsOf(
  { aws, config, acceptsOtherEndpoints = false }: VerifyOptions,
  { selection, identity }: { readonly selection: Selection; readonly identity: Identity },
) {
  const { source, mark, expiration } = identity;
  const foreignSource = credentialSourcesOf(config.host).includes(mark) ? undefined : source;
  const notAsked = notAskedOf(config, selection);
  const answeredBy = aws.endpoints();
  return {
    doubts: doubtsOf({ answeredBy, acceptsOtherEndpoints, notAsked, oddGrants: oddGrantsOf(config), foreignSource }),
    answeredBy,
    ...(acceptsOtherEndpoints && { acceptedOtherEndpoints: true as const }),
    credentials: { source, ...(expiration && { expiration: expiration.toISOString() }) },
    ...(notAsked.length > 0 && { notAsked }),
    ...(config.evidence.configSha256 === undefined && { warnings: [WITHOUT_SUM] }),
  };
}

/** The doubt about a config whose changes would not show. */
const WITHOUT_SUM =
  'The config carries no sum of its own, so a change by hand would not show: an earlier release wrote it, or the sum was taken out. vault-env emit writes it with one.';
