import type { ParameterRules } from '../../service/parameters';

const NAME = /[\w+=,.@-]+/;
const PATH = /(\/)|(\/[\u0021-\u007E]+\/)/;
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
  InstanceProfileName: { minLength: 1, maxLength: 128, pattern: NAME },
  JobId: { minLength: 36, maxLength: 36 },
  Marker: { minLength: 1, maxLength: 320 },
  OpenIDConnectProviderArn: ARN,
  Path: { minLength: 1, maxLength: 512, pattern: PATH },
  PathPrefix: { minLength: 1, maxLength: 512, pattern: /\/[\u0021-\u007F]*/ },
  PermissionsBoundary: ARN,
  PolicyArn: ARN,
  PolicyDocument: DOCUMENT,
  PolicyName: { minLength: 1, maxLength: 128, pattern: NAME },
  PolicySourceArn: ARN,
  PolicyUsageFilter: { oneOf: ['PermissionsPolicy', 'PermissionsBoundary'] },
  RoleName: { minLength: 1, maxLength: 64, pattern: NAME },
  Scope: { oneOf: ['All', 'AWS', 'Local'] },
  Url: { minLength: 1, maxLength: 255 },
  UserName: { minLength: 1, maxLength: 128, pattern: NAME },
  VersionId: { pattern: /v[1-9][0-9]*(\.[A-Za-z0-9-]*)?/ },
};

const POLICY_PATH = { minLength: 1, maxLength: 512, pattern: /((\/[A-Za-z0-9.,+@=_-]+)*)\// };

/** The same for operations on managed policies, whose paths have fewer characters and whose descriptions have any. */
export const POLICY_PARAMETER_RULES: ParameterRules = {
  ...PARAMETER_RULES,
  Description: { maxLength: 1000 },
  Path: POLICY_PATH,
  PathPrefix: POLICY_PATH,
};
