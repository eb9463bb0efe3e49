import { tagParameters } from '../iam/tags';
import type { QueryOperation } from '../service/query-service';
import { assumeRole } from './assume-role';
import { decodeAuthorizationMessage } from './decode-authorization-message';
import { getAccessKeyInfo } from './get-access-key-info';
import { getCallerIdentity } from './get-caller-identity';
import { getSessionToken } from './get-session-token';
import { assumeRoleWithWebIdentity } from './web-identity/assume-role-with-web-identity';

const sessionParameters = ['RoleArn', 'RoleSessionName', 'DurationSeconds', 'Policy', 'PolicyArns.member.N.arn'];
const assumeRoleParameters = [
  ...sessionParameters,
  'ExternalId',
  'SourceIdentity',
  'TransitiveTagKeys.member.N',
  ...tagParameters,
];

/** The operations that the simulated account answers, by AWS's own names. */
export const stsOperations: ReadonlyMap<string, QueryOperation> = new Map<string, QueryOperation>([
  ['AssumeRole', { parameters: assumeRoleParameters, run: assumeRole }],
  [
    'AssumeRoleWithWebIdentity',
    { parameters: [...sessionParameters, 'WebIdentityToken'], run: assumeRoleWithWebIdentity, isUnsigned: true },
  ],
  ['DecodeAuthorizationMessage', { parameters: ['EncodedMessage'], run: decodeAuthorizationMessage }],
  ['GetAccessKeyInfo', { parameters: ['AccessKeyId'], run: getAccessKeyInfo }],
  ['GetCallerIdentity', { parameters: [], run: getCallerIdentity }],
  ['GetSessionToken', { parameters: ['DurationSeconds'], run: getSessionToken }],
]);
