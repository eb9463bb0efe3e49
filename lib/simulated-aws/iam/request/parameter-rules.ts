import { MOST_OF_NAME, MOST_OF_PATH, NAME_PATTERN, PATH_PATTERN, POLICY_PATH_PATTERN } from '../../../iam';
import type { ParameterRules } from '../../service/parameters';

const nameOf = (kind: keyof typeof MOST_OF_NAME) => ({
  minLength: 1,
  maxLength: MOST_OF_NAME[kind],
  pattern: NAME_PATTERN,
});
const DOCUMENT = { minLength: 1, maxLength: 131_072, pattern: /[\t\n\r\u0020-\u00FF]+/ };
const ARN = { minLength: 20, maxLength: 2048 };

/**
 * The rules for the parameters of IAM.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
 */
export const PARAMETER_RULES: ParameterRules = {
  Arn: ARN,
  AssumeRolePolicyDocument: DOCUMENT,
  ClientID: { minLength: 1, maxLength: 255 },
  Description: { maxLength: 1000, pattern: /[\t\n\r\u0020-\u007E\u00A1-\u00FF]*/ },
  EntityFilter: { oneOf: ['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'] },
  Granularity: { oneOf: ['SERVICE_LEVEL', 'ACTION_LEVEL'] },
  InstanceProfileName: nameOf('instanceProfile'),
  JobId: { minLength: 36, maxLength: 36 },
  Marker: { minLength: 1, maxLength: 320 },
  OpenIDConnectProviderArn: ARN,
  Path: { minLength: 1, maxLength: MOST_OF_PATH, pattern: PATH_PATTERN },
  PathPrefix: { minLength: 1, maxLength: MOST_OF_PATH, pattern: /\/[\u0021-\u007F]*/ },
  PermissionsBoundary: ARN,
  PolicyArn: ARN,
  PolicyDocument: DOCUMENT,
  PolicyName: nameOf('policy'),
  PolicySourceArn: ARN,
  PolicyUsageFilter: { oneOf: ['PermissionsPolicy', 'PermissionsBoundary'] },
  RoleName: nameOf('role'),
  Scope: { oneOf: ['All', 'AWS', 'Local'] },
  Url: { minLength: 1, maxLength: 255 },
  UserName: nameOf('user'),
  VersionId: { pattern: /v[1-9][0-9]*(\.[A-Za-z0-9-]*)?/ },
};

const POLICY_PATH = { minLength: 1, maxLength: MOST_OF_PATH, pattern: POLICY_PATH_PATTERN };

/** The same for operations on managed policies, whose paths have fewer characters and whose descriptions have any. */
export const POLICY_PARAMETER_RULES: ParameterRules = {
  ...PARAMETER_RULES,
  Description: { maxLength: 1000 },
  Path: POLICY_PATH,
  PathPrefix: POLICY_PATH,
};
