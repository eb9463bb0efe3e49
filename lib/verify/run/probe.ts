import type { Aws } from '../../aws/connect';
import type { BackupEnvironment } from '../../backup-environment/schema';
import type { HostCertificate, Probe } from '../check-kit/check';
import { createSamples } from '../check-kit/samples';
import {
  guardBackups,
  guardConfigurationWrites,
  guardIam,
  guardKms,
  guardS3,
  guardSts,
  guardWrongSignature,
} from '../guard/guard';
import type { Journal } from '../guard/journal';
import { canaryOf, type RunScope } from '../guard/run-scope';
import type { Selection } from './selection';

interface Connected {
  readonly config: BackupEnvironment;
  readonly aws: Aws;
  readonly hostCertificate?: HostCertificate | undefined;
  readonly signal?: AbortSignal;
}

interface Run {
  readonly selection: Selection;
  readonly scope: RunScope;
  readonly runId: string;
  readonly otherBucket: string | undefined;
  readonly journal: Journal;
}

/** The calls of a check: guarded, with a note of each write, and stopped with the run. */
export type ProbeOf = (checkId: string) => Probe;

/** The probes of one round, in which samples are written once; whether those of earlier rounds are as good. */
export type ProbesOfRound = (mayReuse: boolean) => ProbeOf;

export function createProbes(
  { config, aws, hostCertificate, signal }: Connected,
  { journal, ...run }: Run,
): ProbesOfRound {
  const { scope, runId, otherBucket } = run;
  const options = { scope, journal, ...(signal && { signal }) };
  const { region } = aws.elsewhere;
  const shared = {
    config,
    s3: guardS3(aws.s3, options),
    backups: guardBackups(aws.s3, options),
    s3OverPlainHttp: guardS3(aws.s3OverPlainHttp, options),
    s3Presigned: guardS3(aws.s3Presigned, options),
    s3OverPresignedHttp: guardS3(aws.s3OverPresignedHttp, options),
    wronglySigned: guardWrongSignature(aws.wronglySigned, options),
    s3WithMalformedBody: guardConfigurationWrites(aws.s3WithMalformedBody, options),
    sts: guardSts(aws.sts, options),
    kms: guardKms(aws.kms, options),
    iam: guardIam(aws.iam, options),
    elsewhere: { region, s3: guardS3(aws.elsewhere.s3, options), kms: guardKms(aws.elsewhere.kms, options) },
    unused: { Bucket: scope.bucket, Key: scope.unusedKey },
    runId,
    hostCertificate,
    otherBucket,
  };
  const isOfSeveralParts = run.selection.positives.some(({ id }) => id === 'multipart-upload');
  const isLocked = config.aws.objectLock !== undefined;
  const canary = (name: string) => canaryOf(scope, name);
  const samplesOf = createSamples({ s3: shared.s3, runId, canary, isOfSeveralParts, isLocked });
  return (mayReuse) => {
    const samples = samplesOf(mayReuse);
    return (checkId) => ({
      ...shared,
      samples,
      canary: (name) => canary(name === undefined ? checkId : `${checkId}/${name}`),
    });
  };
}
