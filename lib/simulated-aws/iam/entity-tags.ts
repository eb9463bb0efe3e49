import type { Call } from '../service/service';
import type { IamState, Tags } from '../state/services/iam-state';
import type { Form } from '../wire/protocols/query-protocol';
import type { XmlContent } from '../wire/xml/xml';
import { requireProvider } from './openid-connect/access';
import { requireUser } from './principals/users';
import { type Context, requireInstanceProfile, requirePolicy, requireRole } from './request/access';
import { readPage } from './request/pages';
import { describeTags, mergeTags, readTagKeys, readTags, requestTagContext, withoutTags } from './request/tags';

/** An entity whose tags are asked for or changed. */
interface Tagged {
  readonly tags: Tags;
  readonly keep: (state: IamState, tags: Tags) => void;
}

/** Finds the entity that the request names, once the caller may do this to it. */
type FindTagged = (call: Call, form: Form, context: Context) => Tagged;

const findRole: FindTagged = (call, form, context) => {
  const role = requireRole(call, form, () => context);
  return { tags: role.tags, keep: (state, tags) => state.roles.set(role.name, { ...role, tags }) };
};

const findUser: FindTagged = (call, form) => {
  const user = requireUser(call, form);
  return { tags: user.tags, keep: (state, tags) => state.users.set(user.name, { ...user, tags }) };
};

const findPolicy: FindTagged = (call, form, context) => {
  const policy = requirePolicy(call, form, context);
  return { tags: policy.tags, keep: (state, tags) => state.policies.set(policy.arn, { ...policy, tags }) };
};

const findInstanceProfile: FindTagged = (call, form, context) => {
  const profile = requireInstanceProfile(call, form, context);
  return { tags: profile.tags, keep: (state, tags) => state.instanceProfiles.set(profile.name, { ...profile, tags }) };
};

const findProvider: FindTagged = (call, form, context) => {
  const provider = requireProvider(call, form, context);
  return {
    tags: provider.tags,
    keep: (state, tags) => state.openIdConnectProviders.set(provider.arn, { ...provider, tags }),
  };
};

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html */
export const tagRole = tagging(findRole, 'Role');
export const untagRole = untagging(findRole);
export const listRoleTags = listing(findRole);

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserTags.html */
export const listUserTags = listing(findUser);

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagPolicy.html */
export const tagPolicy = tagging(findPolicy, 'Policy');
export const untagPolicy = untagging(findPolicy);
export const listPolicyTags = listing(findPolicy);

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagInstanceProfile.html */
export const tagInstanceProfile = tagging(findInstanceProfile, 'InstanceProfile');
export const untagInstanceProfile = untagging(findInstanceProfile);
export const listInstanceProfileTags = listing(findInstanceProfile);

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagOpenIDConnectProvider.html */
export const tagOpenIdConnectProvider = tagging(findProvider, 'OpenIdConnectProvider');
export const untagOpenIdConnectProvider = untagging(findProvider);
export const listOpenIdConnectProviderTags = listing(findProvider);

function tagging(find: FindTagged, owner: string): (call: Call, form: Form) => undefined {
  return (call, form) => {
    const added = readTags(form);
    const { tags, keep } = find(call, form, requestTagContext(added));
    keep(call.account.iam, mergeTags(tags, added, owner));
  };
}

function untagging(find: FindTagged): (call: Call, form: Form) => undefined {
  return (call, form) => {
    const keys = readTagKeys(form);
    const { tags, keep } = find(call, form, { 'aws:TagKeys': keys });
    keep(call.account.iam, withoutTags(tags, keys));
  };
}

function listing(find: FindTagged): (call: Call, form: Form) => XmlContent {
  return (call, form) => {
    const { items, end } = readPage(form, [...find(call, form, {}).tags]);
    return { Tags: describeTags(new Map(items)), ...end };
  };
}
