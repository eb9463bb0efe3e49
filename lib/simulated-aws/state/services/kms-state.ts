import { IMMEDIATE, ObservedMap, type Propagation, SettlingMap } from '../maps/settling-map';
import type { Grant } from './grant';
import type { PinnedPolicy } from './pinned-policy';

/** Keys and aliases of one account in one region. */
export interface KmsState {
  /** By key id. */
  readonly keys: SettlingMap<string, KmsKey>;
  /** By alias name, `alias/` included. */
  readonly aliases: Map<string, KmsAlias>;
}

/** A symmetric encryption key. A change replaces the whole value. */
export interface KmsKey {
  readonly keyId: string;
  readonly arn: string;
  readonly manager: 'CUSTOMER' | 'AWS';
  readonly description: string;
  readonly createdAt: Date;
  readonly isEnabled: boolean;
  /** Set while the key is pending deletion. */
  readonly deletionDate?: Date;
  readonly policy: PinnedPolicy;
  /** Absent while automatic rotation is off. */
  readonly rotation?: KeyRotation;
  readonly tags: ReadonlyMap<string, string>;
  readonly material: KeyMaterial;
  /** In the order of their creation. */
  readonly grants: readonly Grant[];
}

export interface KeyRotation {
  readonly periodDays: number;
  readonly enabledAt: Date;
}

export interface KeyMaterial {
  /** 64 hexadecimal digits, the answer's `CurrentKeyMaterialId`. */
  readonly id: string;
  /** 32 bytes. */
  readonly bytes: Buffer;
}

export interface KmsAlias {
  readonly name: string;
  readonly arn: string;
  readonly targetKeyId: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion';

export function createKmsState(propagation: Propagation = IMMEDIATE): KmsState {
  return { keys: new SettlingMap(propagation, 'in-force'), aliases: new ObservedMap() };
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html */
export function keyState(key: KmsKey): KeyState {
  if (key.deletionDate !== undefined) {
    return 'PendingDeletion';
  }
  return key.isEnabled ? 'Enabled' : 'Disabled';
}

/** Aliases that point at the key, in the order of their creation. */
export function aliasesOf(state: KmsState, key: KmsKey): readonly KmsAlias[] {
  return [...state.aliases.values()].filter((alias) => alias.targetKeyId === key.keyId);
}

/** The key policy that access decisions see at this moment. */
export function policyInForce({ keys }: KmsState, key: KmsKey): PinnedPolicy {
  return keys.inForce(key.keyId)?.policy ?? key.policy;
}
