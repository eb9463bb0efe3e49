import type { ConditionKeyTable } from './condition-key-type';

/**
 * Condition keys of IAM. `*` stands for the part that the policy's author chooses.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export const IAM_CONDITION_KEYS: ConditionKeyTable = {
  'iam:AccountPropertyNamespaces': 'ArrayOfString',
  'iam:AssociatedResourceArn': 'ARN',
  'iam:AWSServiceName': 'String',
  'iam:DelegationDuration': 'String',
  'iam:DelegationRequestOwner': 'ARN',
  'iam:FIDO-certification': 'String',
  'iam:FIDO-FIPS-140-2-certification': 'String',
  'iam:FIDO-FIPS-140-3-certification': 'String',
  'iam:NotificationChannel': 'String',
  'iam:OrganizationsPolicyId': 'String',
  'iam:PassedToService': 'String',
  'iam:PermissionsBoundary': 'ARN',
  'iam:PolicyARN': 'ARN',
  'iam:RegisterSecurityKey': 'String',
  'iam:ResourceTag/*': 'String',
  'iam:RoleTemplateARN': 'ARN',
  'iam:ServiceSpecificCredentialAgeDays': 'Numeric',
  'iam:ServiceSpecificCredentialServiceName': 'String',
  'iam:TemplateArn': 'ARN',
};
