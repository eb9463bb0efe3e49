import type { ContextValue, Policy } from '../../../iam/types';
import { IMMEDIATE, ObservedMap, type Propagation, SettlingMap } from '../maps/settling-map';
import type { PinnedPolicy } from './pinned-policy';

/** Users, roles, policies, instance profiles and access keys of one account. */
export interface IamState {
  /** IAM of every simulated account, this one included. */
  readonly everyAccount: () => readonly IamState[];
  /** By name. */
  readonly users: SettlingMap<string, User>;
  /** By name. */
  readonly roles: SettlingMap<string, Role>;
  /** By ARN. */
  readonly policies: SettlingMap<string, ManagedPolicy>;
  /** By name. */
  readonly instanceProfiles: SettlingMap<string, InstanceProfile>;
  /** By ARN. */
  readonly openIdConnectProviders: Map<string, OpenIdConnectProvider>;
  /** By access key id. */
  readonly accessKeys: Map<string, AccessKey>;
}

export type Tags = ReadonlyMap<string, string>;

/** A policy document as it was put, and as the evaluator reads it. */
export interface PolicyDocument {
  readonly text: string;
  readonly parsed: Policy;
}

/** The properties that users, roles, policies and instance profiles share. */
export interface Entity {
  readonly name: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  readonly id: string;
  readonly arn: string;
  readonly createdAt: Date;
  readonly tags: Tags;
}

/** A change replaces the whole value. */
export interface Role extends Entity {
  readonly description?: string;
  readonly trustPolicy: PinnedPolicy;
  readonly maxSessionDurationSeconds: number;
  readonly permissionsBoundaryArn?: string;
  /** By policy name. */
  readonly inlinePolicies: ReadonlyMap<string, PolicyDocument>;
  readonly attachedPolicyArns: readonly string[];
}

export interface User extends Entity {
  readonly attachedPolicyArns: readonly string[];
}

/** A change replaces the whole value. */
export interface ManagedPolicy extends Entity {
  readonly description?: string;
  readonly updatedAt: Date;
  readonly defaultVersionId: string;
  /** In the order of their creation. */
  readonly versions: readonly PolicyVersion[];
  /** The number of the next version: it is never given twice. */
  readonly nextVersionNumber: number;
}

export interface PolicyVersion {
  readonly versionId: string;
  readonly document: PolicyDocument;
  readonly createdAt: Date;
}

/** A change replaces the whole value. */
export interface OpenIdConnectProvider {
  readonly arn: string;
  /** Without `https://`. */
  readonly url: string;
  readonly clientIds: readonly string[];
  /** SHA-1 of certificates, 40 hexadecimal digits each. They are kept; nothing here is fetched from the provider. */
  readonly thumbprints: readonly string[];
  readonly createdAt: Date;
  readonly tags: Tags;
}

/** A change replaces the whole value. */
export interface InstanceProfile extends Entity {
  readonly roleName?: string;
}

export type AccessKey =
  | { readonly kind: 'user'; readonly secretAccessKey: string; readonly userName: string }
  | UserSession
  | RoleSession;

/** Temporary credentials of a user, made without a second factor. */
export interface UserSession {
  readonly kind: 'user-session';
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly userName: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** Temporary credentials of a role. */
export interface RoleSession {
  readonly kind: 'role-session';
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly roleId: string;
  readonly roleName: string;
  readonly roleArn: string;
  readonly sessionName: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  /** Policies passed when the session was made; absent when there were none. */
  readonly policies?: readonly Policy[];
  readonly tags: Tags;
  /** Keys of the tags that sessions of this session pass on. */
  readonly transitiveTagKeys?: readonly string[];
  readonly sourceIdentity?: string;
  /** Condition keys that come with where the session was made, such as `ec2:SourceInstanceArn`. */
  readonly context: Readonly<Record<string, ContextValue>>;
}

/** @param everyAccount where the states of all accounts are; left out, the account is alone */
export function createIamState(propagation: Propagation = IMMEDIATE, everyAccount: IamState[] = []): IamState {
  const state: IamState = {
    everyAccount: () => everyAccount,
    users: new SettlingMap(propagation),
    roles: new SettlingMap(propagation),
    policies: new SettlingMap(propagation),
    instanceProfiles: new SettlingMap(propagation),
    openIdConnectProviders: new ObservedMap(),
    accessKeys: new ObservedMap(),
  };
  everyAccount.push(state);
  return state;
}
