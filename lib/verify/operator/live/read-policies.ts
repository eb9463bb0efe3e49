import type { ControlPlane } from '../../../aws/control-plane';
import type { AttachedPolicy, InlinePolicy } from './live-environment';
import { joinReads, mapRead, orWhenAbsent, type Read, readPages } from './read';

type Iam = ControlPlane['iam'];

/** The managed policies of the role in their default versions. A role that does not exist has none. */
export async function readAttached(iam: Iam, RoleName: string): Promise<Read<readonly AttachedPolicy[]>> {
  const call = 'ListAttachedRolePolicies';
  const arns = await readPages(
    call,
    (Marker) => iam.listAttachedRolePolicies({ RoleName, ...(Marker && { Marker }) }),
    ({ AttachedPolicies = [], Marker }) => ({
      items: AttachedPolicies.map(({ PolicyArn = '' }) => PolicyArn),
      next: Marker,
    }),
  );
  const known = orWhenAbsent(arns, 'NoSuchEntity', []);
  if (!known.answer.ok) return { call, answer: known.answer };
  return joinReads(call, await Promise.all(known.answer.value.map((arn) => readManaged(iam, arn))));
}

async function readManaged(iam: Iam, PolicyArn: string): Promise<Read<AttachedPolicy>> {
  const policy = await iam.getPolicy({ PolicyArn });
  if (!policy.ok) return { call: 'GetPolicy', answer: policy };
  const VersionId = policy.value.Policy?.DefaultVersionId ?? '';
  const [version, holders] = await Promise.all([
    iam.getPolicyVersion({ PolicyArn, VersionId }),
    readHolders(iam, PolicyArn),
  ]);
  if (!holders.answer.ok) return { call: holders.call, answer: holders.answer };
  const { value } = holders.answer;
  return mapRead({ call: 'GetPolicyVersion', answer: version }, ({ PolicyVersion }) => ({
    arn: PolicyArn,
    versionId: VersionId,
    document: decodeDocument(PolicyVersion?.Document),
    holders: value,
  }));
}

function readHolders(iam: Iam, PolicyArn: string): Promise<Read<readonly string[]>> {
  return readPages(
    'ListEntitiesForPolicy',
    (Marker) => iam.listEntitiesForPolicy({ PolicyArn, ...(Marker && { Marker }) }),
    ({ PolicyUsers = [], PolicyGroups = [], PolicyRoles = [], Marker }) => ({
      items: [
        ...PolicyUsers.map(({ UserName }) => `user/${UserName}`),
        ...PolicyGroups.map(({ GroupName }) => `group/${GroupName}`),
        ...PolicyRoles.map(({ RoleName }) => `role/${RoleName}`),
      ],
      next: Marker,
    }),
  );
}

/** The inline policies of the role. */
export async function readInline(iam: Iam, RoleName: string): Promise<Read<readonly InlinePolicy[]>> {
  const call = 'ListRolePolicies';
  const names = await readPages(
    call,
    (Marker) => iam.listRolePolicies({ RoleName, ...(Marker && { Marker }) }),
    ({ PolicyNames = [], Marker }) => ({ items: PolicyNames, next: Marker }),
  );
  const known = orWhenAbsent(names, 'NoSuchEntity', []);
  if (!known.answer.ok) return { call, answer: known.answer };
  const reads = known.answer.value.map(async (PolicyName) => {
    const read = { call: 'GetRolePolicy', answer: await iam.getRolePolicy({ RoleName, PolicyName }) };
    return mapRead(read, ({ PolicyDocument }) => ({ name: PolicyName, document: decodeDocument(PolicyDocument) }));
  });
  return joinReads(call, await Promise.all(reads));
}

/** The default version of the permissions boundary; `undefined` where there is none. */
export async function readBoundary(iam: Iam, PolicyArn: string | undefined): Promise<Read<string | undefined>> {
  const nothing = { ok: true, value: undefined, status: undefined, requestId: undefined } as const;
  if (PolicyArn === undefined) return { call: 'GetRole', answer: nothing };
  const policy = await iam.getPolicy({ PolicyArn });
  if (!policy.ok) return { call: 'GetPolicy', answer: policy };
  const answer = await iam.getPolicyVersion({ PolicyArn, VersionId: policy.value.Policy?.DefaultVersionId });
  return mapRead({ call: 'GetPolicyVersion', answer }, ({ PolicyVersion }) => decodeDocument(PolicyVersion?.Document));
}

/** IAM encodes documents as in a URL. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
export function decodeDocument(document = ''): string {
  return decodeURIComponent(document);
}
