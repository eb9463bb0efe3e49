import { createHash } from 'node:crypto';
import type { Policy } from '../../../iam/types';
import { requireText, tryReadText } from '../../service/parameters';
import type { Call } from '../../service/service';
import type { IamState } from '../../state/services/iam-state';
import { notImplemented } from '../../wire/http/aws-error';
import type { Form } from '../../wire/protocols/query-protocol';
import type { XmlContent } from '../../wire/xml/xml';
import { describeTime } from '../entities/descriptions';
import { defaultVersion, policiesOfRole, policiesOfUser } from '../entities/effective-policies';
import { requirePermission } from '../request/access';
import { invalidInput, noSuchEntity } from '../request/errors';
import { readPage } from '../request/pages';
import { PARAMETER_RULES } from '../request/parameter-rules';

/** The services that can be allowed something here, by namespace. @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
const SERVICES: readonly (readonly [namespace: string, name: string])[] = [
  ['iam', 'AWS Identity and Access Management'],
  ['kms', 'AWS Key Management Service'],
  ['rolesanywhere', 'AWS Identity and Access Management Roles Anywhere'],
  ['s3', 'Amazon S3'],
  ['sts', 'AWS Security Token Service'],
];

/** The job is done at once. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateServiceLastAccessedDetails.html */
export function generateServiceLastAccessedDetails(call: Call, form: Form): XmlContent {
  const arn = requireText(form, 'Arn', PARAMETER_RULES);
  requirePermission(call, form, { resource: arn });
  if (!/^arn:[^:]+:iam::(?:\d{12}|aws):(?:user|role|group|policy)\/.+$/.test(arn)) {
    throw invalidInput(`ARN ${arn} is not valid.`);
  }
  if (tryReadText(form, 'Granularity', PARAMETER_RULES) === 'ACTION_LEVEL') {
    throw notImplemented('the parameter Granularity=ACTION_LEVEL');
  }
  if (policiesByArn(call.account.iam).get(arn) === undefined) throw noSuchEntity(`ARN ${arn} does not exist.`);
  return { JobId: jobIdOf(arn) };
}

/**
 * The services that an entity's policies allow. The account keeps no record of their use, so none was ever accessed.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLastAccessedDetails.html
 */
export function getServiceLastAccessedDetails(call: Call, form: Form): XmlContent {
  requirePermission(call, form, { resource: '*' });
  const jobId = requireText(form, 'JobId', PARAMETER_RULES);
  const found = [...policiesByArn(call.account.iam)].find(([arn]) => jobIdOf(arn) === jobId);
  if (found === undefined) throw noSuchEntity(`Job ${jobId} does not exist.`);
  const services = SERVICES.filter(([namespace]) => found[1].some((policy) => allows(policy, namespace)));
  const { items, end } = readPage(form, services);
  const now = describeTime(call.account.now());
  return {
    JobStatus: 'COMPLETED',
    JobType: 'SERVICE_LEVEL',
    JobCreationDate: now,
    JobCompletionDate: now,
    ServicesLastAccessed: {
      member: items.map(([ServiceNamespace, ServiceName]) => ({
        ServiceName,
        ServiceNamespace,
        TotalAuthenticatedEntities: 0,
      })),
    },
    ...end,
  };
}

/** An id follows from its ARN, so that no job has to be kept. */
function jobIdOf(arn: string): string {
  const hash = createHash('sha256').update(arn).digest('hex');
  return hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function policiesByArn(state: IamState): ReadonlyMap<string, readonly Policy[]> {
  return new Map([
    ...[...state.users.values()].map((user) => [user.arn, policiesOfUser(state, user).identity ?? []] as const),
    ...[...state.roles.values()].map((role) => [role.arn, policiesOfRole(state, role)] as const),
    ...[...state.policies.values()].map((policy) => [policy.arn, [defaultVersion(policy).document.parsed]] as const),
  ]);
}

function allows({ statements }: Policy, namespace: string): boolean {
  return statements.some(
    ({ effect, actions }) =>
      effect === 'Allow' &&
      (actions.negated || actions.patterns.some((action) => action === '*' || action.startsWith(`${namespace}:`))),
  );
}
