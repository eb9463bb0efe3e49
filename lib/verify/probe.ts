import type { Aws } from '../aws/connect';
import type { BackupEnvironment } from '../backup-environment/schema';
import type { Probe } from './check';
import { guardS3 } from './guard';
import type { Journal } from './journal';
import { canaryOf, type RunScope } from './run-scope';

interface Connected {
  readonly config: BackupEnvironment;
  readonly aws: Aws;
  readonly signal?: AbortSignal;
}

interface Run {
  readonly scope: RunScope;
  readonly runId: string;
  readonly otherBucket: string | undefined;
  readonly journal: Journal;
}

/** What the checks of one run work with: calls that are guarded, take note of what they write, and stop with the run. */
export function createProbe({ config, aws, signal }: Connected, { journal, ...run }: Run): Probe {
  const { scope, runId, otherBucket } = run;
  const guard = { scope, journal, ...(signal && { signal }) };
  return {
    config,
    s3: guardS3(aws.s3, guard),
    s3OverPlainHttp: guardS3(aws.s3OverPlainHttp, guard),
    sts: bindSignal(aws.sts, signal),
    kms: bindSignal(aws.kms, signal),
    iam: bindSignal(aws.iam, signal),
    canary: (name) => canaryOf(scope, name),
    runPrefix: scope.runPrefix,
    runId,
    otherBucket,
  };
}

function bindSignal<T extends object>(calls: T, signal: AbortSignal | undefined): T {
  const bound = Object.entries(calls).map(([name, call]) => [name, (input: unknown) => call(input, signal)]);
  return Object.fromEntries(bound) as T;
}
