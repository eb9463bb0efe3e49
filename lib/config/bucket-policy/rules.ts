import type { Environment } from '../environment';
import type { Rule, RuleIssue } from '../rule';

/** The Sids of the statements that the stack writes itself; a test keeps them in step. */
const OWN_SIDS: readonly string[] = [
  ...['DenyPlainHttp', 'DenyOldTls', 'DenyWrongEncryption', 'DenyWrongKey', 'DenyCustomerProvidedKeys'],
  ...['DenyKeyLeftOut', 'ListBackups', 'ReadAndWriteBackups', 'ReadVersioning', 'ManageVersioning', 'ReadVersions'],
  ...['PurgeVersions', 'ListVersionsOfProbes', 'RemoveProbes'],
];

function keptStatementsHaveSidsOfTheirOwn({ bucketPolicy }: Environment): RuleIssue | undefined {
  const sids = (bucketPolicy?.keep ?? []).map(({ statement }) => statement.Sid);
  const taken = sids.find((sid, index) => OWN_SIDS.includes(sid) || sids.indexOf(sid) !== index);
  if (taken === undefined) return undefined;
  return { path: 'bucketPolicy.keep', message: `must have Sids of their own, got one that is taken: ${taken}` };
}

function keptStatementsAreAboutTheBucket({ bucketPolicy, bucket, partition }: Environment): RuleIssue | undefined {
  const arn = `arn:${partition}:s3:::${bucket}`;
  const resources = (bucketPolicy?.keep ?? []).flatMap(({ statement }) => statement.Resource);
  const other = resources.find((resource) => resource !== arn && !resource.startsWith(`${arn}/`));
  if (other === undefined) return undefined;
  return { path: 'bucketPolicy.keep', message: `must be about ${arn} and its objects alone, got: ${other}` };
}

/** The rules about statements that are kept. */
export const BUCKET_POLICY_RULES: readonly Rule[] = [
  { reads: ['bucketPolicy'], check: keptStatementsHaveSidsOfTheirOwn },
  { reads: ['bucketPolicy', 'bucket', 'partition'], check: keptStatementsAreAboutTheBucket },
];
