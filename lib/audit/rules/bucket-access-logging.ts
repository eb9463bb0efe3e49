import { boundDoubt } from '../rule-kit/gathered';
import { doubt, fail, notApplicable, pass, seen } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';
import type { BucketSubject, ReadArgument } from '../subject/subject';

const TYPE = 'aws_s3_bucket_logging';

export const bucketAccessLogging: Rule = {
  id: 'bucket-access-logging',
  title: 'Every bucket writes an access log, to another bucket',
  rationale: 'After an incident, only a log shows who read or removed which backup.',
  reads: `${TYPE}: target_bucket, target_prefix`,
  remedy: "Name an existing log bucket with 'accessLog' in the environment file.",
  controls: {
    fsbp: ['S3.9'],
    nist80053r5: ['AC-2(4)', 'AU-2', 'AU-3', 'AU-10', 'AU-12', 'CA-7', 'SI-4(20)'],
    pciDss401: ['10.2.1'],
  },
  equivalents: { checkov: ['CKV_AWS_18'], prowler: ['s3_bucket_server_access_logging_enabled'] },
  check: ({ buckets, read }) => buckets.map((bucket) => check(bucket, read)),
};

function check({ resource, name, companions, takesLogs }: BucketSubject, read: ReadArgument): Outcome {
  if (takesLogs)
    return notApplicable(resource.address, 'it takes the logs of another bucket, and a log of logs would never end');
  const { found, doubtful } = companions(TYPE);
  const [logging, ...more] = found;
  if (more.length > 0)
    return boundDoubt(
      doubt(resource.address, `${found.map(({ address }) => address).join(' and ')} replace each other`),
    );
  if (logging === undefined) {
    if (doubtful.length > 0)
      return boundDoubt(doubt(resource.address, `nobody can tell which bucket ${doubtful[0]?.address} is about`));
    if (read(resource, 'logging').state !== 'absent')
      return boundDoubt(doubt(resource.address, "the deprecated argument 'logging' is not read"));
    return fail(resource.address, `there is no ${TYPE} for it`);
  }
  const target = read(logging, 'target_bucket');
  const evidence = [seen(logging, 'target_bucket', target)];
  if (target.state === 'absent') return fail(logging.address, 'no bucket takes the log', evidence);
  if (target.state === 'unknown')
    return boundDoubt(doubt(logging.address, `which bucket takes the log is not known: ${target.because}`, evidence));
  if (name.state === 'known' && name.value === target.value)
    return fail(logging.address, 'the bucket logs to itself', evidence);
  return pass(logging.address, `the log goes to ${target.value}`, evidence);
}
