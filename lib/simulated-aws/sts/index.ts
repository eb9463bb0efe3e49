import { TAG_PARAMETERS } from '../iam/request/tags';
import { type QueryOperation, queryService } from '../service/query-service';
import { assumeRole } from './operations/assume-role';
import { decodeAuthorizationMessage } from './operations/decode-authorization-message';
import { getAccessKeyInfo, getCallerIdentity } from './operations/get-access-key-info';
import { getSessionToken } from './operations/get-session-token';
import { assumeRoleWithWebIdentity } from './web-identity/assume-role-with-web-identity';

const SESSION_PARAMETERS = ['RoleArn', 'RoleSessionName', 'DurationSeconds', 'Policy', 'PolicyArns.member.N.arn'];
const ASSUME_ROLE_PARAMETERS = [
  ...SESSION_PARAMETERS,
  'ExternalId',
  'SourceIdentity',
  'TransitiveTagKeys.member.N',
  ...TAG_PARAMETERS,
];

/** The operations that the simulated account answers, by AWS's own names. */
export const STS_OPERATIONS: ReadonlyMap<string, QueryOperation> = new Map<string, QueryOperation>([
  ['AssumeRole', { parameters: ASSUME_ROLE_PARAMETERS, run: assumeRole }],
  [
    'AssumeRoleWithWebIdentity',
    { parameters: [...SESSION_PARAMETERS, 'WebIdentityToken'], run: assumeRoleWithWebIdentity, isUnsigned: true },
  ],
  ['DecodeAuthorizationMessage', { parameters: ['EncodedMessage'], run: decodeAuthorizationMessage }],
  ['GetAccessKeyInfo', { parameters: ['AccessKeyId'], run: getAccessKeyInfo }],
  ['GetCallerIdentity', { parameters: [], run: getCallerIdentity }],
  ['GetSessionToken', { parameters: ['DurationSeconds'], run: getSessionToken }],
]);

/**
 * AWS Security Token Service: who the caller is, and sessions of roles.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/welcome.html
 */
export const stsService = queryService({
  name: 'sts',
  version: '2011-06-15',
  namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  operations: STS_OPERATIONS,
  unsignedElsewhere: ['AssumeRoleWithSAML'],
});
