import { queryService } from '../query-service';
import { iamOperations } from './operations';

export { importPolicy } from './managed-policy';

/**
 * AWS Identity and Access Management: roles, managed policies and instance profiles.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/welcome.html
 */
export const iamService = queryService({
  name: 'iam',
  version: '2010-05-08',
  namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  operations: iamOperations,
});
