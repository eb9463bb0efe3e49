import { tagParameters } from '../iam/request/tags';
import type { QueryOperation } from '../service/query-service';
import { assumeRole } from './operations/assume-role';
import { decodeAuthorizationMessage } from './operations/decode-authorization-message';
import { getAccessKeyInfo } from './operations/get-access-key-info';
import { getCallerIdentity } from './operations/get-caller-identity';
import { getSessionToken } from './operations/get-session-token';
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
