import type { ParameterRules } from '../parameters';

const name = /[\w+=,.@-]+/;
const path = /(\/)|(\/[\u0021-\u007E]+\/)/;
const arn = { minLength: 20, maxLength: 2048 };

/**
 * What the parameters of IAM must be like.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
 */
export const parameterRules: ParameterRules = {
  AssumeRolePolicyDocument: { minLength: 1, maxLength: 131_072 },
  ClientID: { minLength: 1, maxLength: 255 },
  Description: { maxLength: 1000 },
  InstanceProfileName: { minLength: 1, maxLength: 128, pattern: name },
  Marker: { minLength: 1, maxLength: 320 },
  OpenIDConnectProviderArn: arn,
  Path: { minLength: 1, maxLength: 512, pattern: path },
  PathPrefix: { minLength: 1, maxLength: 512, pattern: /\/[\u0021-\u007F]*/ },
  PermissionsBoundary: arn,
  PolicyArn: arn,
  PolicyDocument: { minLength: 1, maxLength: 131_072 },
  PolicyName: { minLength: 1, maxLength: 128, pattern: name },
  PolicySourceArn: arn,
  RoleName: { minLength: 1, maxLength: 64, pattern: name },
  Url: { minLength: 1, maxLength: 255 },
  UserName: { minLength: 1, maxLength: 128, pattern: name },
  VersionId: { pattern: /v[1-9][0-9]*(\.[A-Za-z0-9-]*)?/ },
};
