import { requireText } from '../../service/parameters';
import type { Call } from '../../service/service';
import type { ManagedPolicy, PolicyVersion } from '../../state/services/iam-state';
import type { Form } from '../../wire/protocols/query-protocol';
import type { XmlContent } from '../../wire/xml/xml';
import { describeDocument, summarizeVersion } from '../entities/descriptions';
import { readManagedPolicy } from '../entities/policy-document';
import { requirePolicy } from '../request/access';
import { deleteConflict, limitExceeded, noSuchEntity } from '../request/errors';
import { readPage } from '../request/pages';
import { PARAMETER_RULES } from '../request/parameter-rules';
import { requireCustomerManaged } from './policies';

const MAX_VERSIONS = 5;

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html */
export function createPolicyVersion(call: Call, form: Form): XmlContent {
  const { account } = call;
  const policy = requirePolicy(call, form);
  requireCustomerManaged(policy.arn);
  const document = readManagedPolicy(requireText(form, 'PolicyDocument', PARAMETER_RULES), policy.name);
  if (policy.versions.length >= MAX_VERSIONS) {
    throw limitExceeded(
      `A managed policy can have up to ${MAX_VERSIONS} versions. Before you create a new version, you must delete an existing version.`,
    );
  }
  const version = { versionId: `v${policy.nextVersionNumber}`, document, createdAt: account.now() };
  const updated: ManagedPolicy = {
    ...policy,
    updatedAt: version.createdAt,
    versions: [...policy.versions, version],
    nextVersionNumber: policy.nextVersionNumber + 1,
    ...(form.get('SetAsDefault') === 'true' ? { defaultVersionId: version.versionId } : {}),
  };
  account.iam.policies.set(policy.arn, updated);
  return { PolicyVersion: summarizeVersion(updated, version) };
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html */
export function getPolicyVersion(call: Call, form: Form): XmlContent {
  const policy = requirePolicy(call, form);
  const version = requireVersion(policy, form);
  return {
    PolicyVersion: { Document: describeDocument(version.document.text), ...summarizeVersion(policy, version) },
  };
}

/** The newest comes first. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html */
export function listPolicyVersions(call: Call, form: Form): XmlContent {
  const policy = requirePolicy(call, form);
  const { items, end } = readPage(form, policy.versions.toReversed());
  return { Versions: { member: items.map((version) => summarizeVersion(policy, version)) }, ...end };
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html */
export function setDefaultPolicyVersion(call: Call, form: Form): undefined {
  const { account } = call;
  const policy = requirePolicy(call, form);
  requireCustomerManaged(policy.arn);
  const { versionId } = requireVersion(policy, form);
  account.iam.policies.set(policy.arn, { ...policy, updatedAt: account.now(), defaultVersionId: versionId });
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html */
export function deletePolicyVersion(call: Call, form: Form): undefined {
  const { account } = call;
  const policy = requirePolicy(call, form);
  requireCustomerManaged(policy.arn);
  const deleted = requireVersion(policy, form);
  if (deleted.versionId === policy.defaultVersionId) {
    throw deleteConflict('Cannot delete the default version of a policy.');
  }
  const versions = policy.versions.filter((version) => version !== deleted);
  account.iam.policies.set(policy.arn, { ...policy, updatedAt: account.now(), versions });
}

function requireVersion(policy: ManagedPolicy, form: Form): PolicyVersion {
  const versionId = requireText(form, 'VersionId', PARAMETER_RULES);
  const version = policy.versions.find((candidate) => candidate.versionId === versionId);
  if (version === undefined) {
    throw noSuchEntity(`Policy ${policy.arn} version ${versionId} does not exist or is not attachable.`);
  }
  return version;
}
