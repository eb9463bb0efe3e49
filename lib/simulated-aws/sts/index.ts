import { queryService } from '../service/query-service';
import { STS_OPERATIONS } from './operations';

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
