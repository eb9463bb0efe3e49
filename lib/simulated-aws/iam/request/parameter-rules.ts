import type { ParameterRules } from '../../service/parameters';

const name = /[\w+=,.@-]+/;
const path = /(\/)|(\/[\u0021-\u007E]+\/)/;
const document = { minLength: 1, maxLength: 131_072, pattern: /[\t\n\r\u0020-\u00FF]+/ };
const arn = { minLength: 20, maxLength: 2048 };

/**
 * What the parameters of IAM must be like.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
 */
export const parameterRules: ParameterRules = {
  AssumeRolePolicyDocument: document,
  ClientID: { minLength: 1, maxLength: 255 },
  Description: { maxLength: 1000, pattern: /[\t\n\r\u0020-\u007E\u00A1-\u00FF]*/ },
  EntityFilter: { oneOf: ['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'] },
  InstanceProfileName: { minLength: 1, maxLength: 128, pattern: name },
  Marker: { minLength: 1, maxLength: 320 },
  OpenIDConnectProviderArn: arn,
  Path: { minLength: 1, maxLength: 512, pattern: path },
  PathPrefix: { minLength: 1, maxLength: 512, pattern: /\/[\u0021-\u007F]*/ },
  PermissionsBoundary: arn,
  PolicyArn: arn,
  PolicyDocument: document,
  PolicyName: { minLength: 1, maxLength: 128, pattern: name },
  PolicySourceArn: arn,
  PolicyUsageFilter: { oneOf: ['PermissionsPolicy', 'PermissionsBoundary'] },
  RoleName: { minLength: 1, maxLength: 64, pattern: name },
  Scope: { oneOf: ['All', 'AWS', 'Local'] },
  Url: { minLength: 1, maxLength: 255 },
  UserName: { minLength: 1, maxLength: 128, pattern: name },
  VersionId: { pattern: /v[1-9][0-9]*(\.[A-Za-z0-9-]*)?/ },
};

const policyPath = { minLength: 1, maxLength: 512, pattern: /((\/[A-Za-z0-9.,+@=_-]+)*)\// };

/** The same for operations on managed policies, whose paths have fewer characters and whose descriptions have any. */
export const policyParameterRules: ParameterRules = {
  ...parameterRules,
  Description: { maxLength: 1000 },
  Path: policyPath,
  PathPrefix: policyPath,
};
