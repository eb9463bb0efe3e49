import type { Aws } from '../aws/connect';
import type { BackupEnvironment } from '../backup-environment/schema';
import type { Probe } from './check';
import { guardConfigurationWrites, guardIam, guardKms, guardS3, guardSts } from './guard';
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

/** What a check works with: calls that are guarded, take note of what they write, and stop with the run. */
export type ProbeOf = (checkId: string) => Probe;

export function createProbes({ config, aws, signal }: Connected, { journal, ...run }: Run): ProbeOf {
  const { scope, runId, otherBucket } = run;
  const options = { scope, journal, ...(signal && { signal }) };
  const { region } = aws.elsewhere;
  const shared = {
    config,
    s3: guardS3(aws.s3, options),
    s3OverPlainHttp: guardS3(aws.s3OverPlainHttp, options),
    s3Presigned: guardS3(aws.s3Presigned, options),
    s3OverPresignedHttp: guardS3(aws.s3OverPresignedHttp, options),
    s3WithMalformedBody: guardConfigurationWrites(aws.s3WithMalformedBody, options),
    sts: guardSts(aws.sts, options),
    kms: guardKms(aws.kms, options),
    iam: guardIam(aws.iam, options),
    elsewhere: { region, s3: guardS3(aws.elsewhere.s3, options), kms: guardKms(aws.elsewhere.kms, options) },
    unused: { Bucket: scope.bucket, Key: scope.unusedKey },
    runId,
    otherBucket,
  };
  return (checkId) => ({
    ...shared,
    canary: (name) => canaryOf(scope, name === undefined ? checkId : `${checkId}/${name}`),
  });
}
