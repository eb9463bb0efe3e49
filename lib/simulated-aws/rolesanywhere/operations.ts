import { crlKind, importCrl, updateCrl } from './crls/crls';
import { deleteAttributeMapping, putAttributeMapping } from './profiles/attribute-mappings';
import { profileKind } from './profiles/profile-kind';
import { createProfile, updateProfile } from './profiles/profiles';
import type { RolesAnywhereOperation } from './request/operation';
import { changingOperations, readingOperations } from './request/resource-operations';
import { createSession } from './sessions/create-session';
import { subjectKind } from './subjects/subject-kind';
import { listTagsForResource, tagResource, untagResource } from './tagging';
import { putNotificationSettings, resetNotificationSettings } from './trust-anchors/put-notification-settings';
import { trustAnchorKind } from './trust-anchors/trust-anchor-kind';
import { createTrustAnchor, updateTrustAnchor } from './trust-anchors/trust-anchors';

const PROFILE_PARAMETERS = [
  'name',
  'roleArns',
  'sessionPolicy',
  'managedPolicyArns',
  'durationSeconds',
  'acceptRoleSessionName',
];
const NEW_PROFILE_PARAMETERS = [...PROFILE_PARAMETERS, 'requireInstanceProperties', 'enabled', 'tags'];
const NEW_ANCHOR_PARAMETERS = ['name', 'source', 'enabled', 'tags', 'notificationSettings'];
const IMPORT_CRL_PARAMETERS = ['name', 'crlData', 'enabled', 'tags', 'trustAnchorArn'];

const SESSION_PARAMETERS = [
  'trustAnchorArn',
  'profileArn',
  'roleArn',
  'durationSeconds',
  'roleSessionName',
  'sessionName',
  'instanceProperties',
];

/** The operations that the simulated account answers, by AWS's own names, with the parameters that each one takes. */
export const ROLES_ANYWHERE_OPERATIONS: ReadonlyMap<string, RolesAnywhereOperation> = new Map<
  string,
  RolesAnywhereOperation
>([
  ...readingOperations(trustAnchorKind),
  ...changingOperations(trustAnchorKind),
  ...readingOperations(profileKind),
  ...changingOperations(profileKind),
  ...readingOperations(crlKind),
  ...changingOperations(crlKind),
  ...readingOperations(subjectKind),
  [
    'CreateProfile',
    { method: 'POST', path: '/profiles', parameters: NEW_PROFILE_PARAMETERS, successStatus: 201, run: createProfile },
  ],
  [
    'CreateSession',
    { method: 'POST', path: '/sessions', parameters: SESSION_PARAMETERS, successStatus: 201, run: createSession },
  ],
  [
    'CreateTrustAnchor',
    {
      method: 'POST',
      path: '/trustanchors',
      parameters: NEW_ANCHOR_PARAMETERS,
      successStatus: 201,
      run: createTrustAnchor,
    },
  ],
  [
    'DeleteAttributeMapping',
    {
      method: 'DELETE',
      path: '/profiles/{profileId}/mappings',
      parameters: ['certificateField', 'specifiers'],
      run: deleteAttributeMapping,
    },
  ],
  [
    'ImportCrl',
    { method: 'POST', path: '/crls', parameters: IMPORT_CRL_PARAMETERS, successStatus: 201, run: importCrl },
  ],
  [
    'ListTagsForResource',
    { method: 'GET', path: '/ListTagsForResource', parameters: ['resourceArn'], run: listTagsForResource },
  ],
  [
    'PutAttributeMapping',
    {
      method: 'PUT',
      path: '/profiles/{profileId}/mappings',
      parameters: ['certificateField', 'mappingRules'],
      run: putAttributeMapping,
    },
  ],
  [
    'PutNotificationSettings',
    {
      method: 'PATCH',
      path: '/put-notifications-settings',
      parameters: ['trustAnchorId', 'notificationSettings'],
      run: putNotificationSettings,
    },
  ],
  [
    'ResetNotificationSettings',
    {
      method: 'PATCH',
      path: '/reset-notifications-settings',
      parameters: ['trustAnchorId', 'notificationSettingKeys'],
      run: resetNotificationSettings,
    },
  ],
  [
    'TagResource',
    {
      method: 'POST',
      path: '/TagResource',
      parameters: ['resourceArn', 'tags'],
      successStatus: 201,
      run: tagResource,
    },
  ],
  [
    'UntagResource',
    { method: 'POST', path: '/UntagResource', parameters: ['resourceArn', 'tagKeys'], run: untagResource },
  ],
  ['UpdateCrl', { method: 'PATCH', path: '/crl/{crlId}', parameters: ['name', 'crlData'], run: updateCrl }],
  [
    'UpdateProfile',
    { method: 'PATCH', path: '/profile/{profileId}', parameters: PROFILE_PARAMETERS, run: updateProfile },
  ],
  [
    'UpdateTrustAnchor',
    { method: 'PATCH', path: '/trustanchor/{trustAnchorId}', parameters: ['name', 'source'], run: updateTrustAnchor },
  ],
]);
