export { isPublicPolicy } from '../../iam';
