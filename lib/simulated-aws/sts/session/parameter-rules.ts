import type { ParameterRules } from '../../service/parameters';

const NAME = /[\w+=,.@-]*/;

/**
 * The rules for the parameters of STS.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const PARAMETER_RULES: ParameterRules = {
  AccessKeyId: { minLength: 16, maxLength: 128, pattern: /[\w]*/ },
  EncodedMessage: { minLength: 1, maxLength: 10_240 },
  ExternalId: { minLength: 2, maxLength: 1224, pattern: /[\w+=,.@:/-]*/ },
  Policy: { minLength: 1, maxLength: 2048 },
  RoleArn: { minLength: 20, maxLength: 2048, pattern: /arn:[^:]+:iam::\d{12}:role\/.+/ },
  RoleSessionName: { minLength: 2, maxLength: 64, pattern: NAME },
  SourceIdentity: { minLength: 2, maxLength: 64, pattern: NAME },
  WebIdentityToken: { minLength: 4, maxLength: 20_000 },
};
