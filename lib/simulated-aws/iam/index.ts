import { queryService } from '../service/query-service';
import { IAM_OPERATIONS } from './operations';

export { importPolicy } from './entities/managed-policy';
export { importOpenIdConnectProvider } from './openid-connect/import-provider';
export { supplySigningKeys } from './openid-connect/signing-keys';
export { attachPolicy, importInstanceRole } from './principals/import-role';

/**
 * AWS Identity and Access Management: roles, managed policies, instance profiles and OpenID Connect providers.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/welcome.html
 */
export const iamService = queryService({
  name: 'iam',
  version: '2010-05-08',
  namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  operations: IAM_OPERATIONS,
});
