import { tagParameters } from '../iam/tags';
import type { QueryOperation } from '../query-service';
import { assumeRole } from './assume-role';
import { getCallerIdentity } from './get-caller-identity';

const assumeRoleParameters = [
  'RoleArn',
  'RoleSessionName',
  'DurationSeconds',
  'ExternalId',
  'Policy',
  'PolicyArns.member.N.arn',
  'SourceIdentity',
  ...tagParameters,
];

/** The operations that the simulated account answers, by AWS's own names. */
export const stsOperations: ReadonlyMap<string, QueryOperation> = new Map<string, QueryOperation>([
  ['AssumeRole', { parameters: assumeRoleParameters, run: assumeRole }],
  ['GetCallerIdentity', { parameters: [], run: getCallerIdentity }],
]);
