import type { AccountState } from '../../../lib/simulated-aws';
import type { Administrator } from '../../support/deploy-stack';

export interface StatementDocument {
  readonly Sid?: string;
  readonly Action?: unknown;
  readonly Condition?: unknown;
  readonly [element: string]: unknown;
}

/** A deployed environment to do harm to. */
export interface Target extends Administrator {
  readonly bucket: string;
  readonly roleName: string;
  readonly roleArn: string;
  readonly keyArn: string;
  readonly account: string;
  readonly state: AccountState;
  /** For a host outside of AWS, else empty. */
  readonly trustAnchorArn: string;
  readonly profileArn: string;
  /** Ends the names that no other environment has. */
  readonly suffix: string;
  /** The statements that were audited, by the short name of the policy. */
  readonly statements: Readonly<Record<'s3' | 'kms' | 'bucket' | 'key' | 'trust', readonly StatementDocument[]>>;
}

/** A change of the live account that only the control plane shows, and the check that is meant for it. */
export interface ControlPlaneDefect {
  readonly name: string;
  readonly environment: 'aes-256' | 'aws-kms' | 'every-option' | 'former-keys' | 'made-anchor' | 'named-anchor';
  readonly make: (target: Target) => Promise<unknown>;
  /** Takes back what others in the account would see. */
  readonly undo?: (target: Target) => void;
  readonly caughtBy: string;
  /** Checks that cannot decide any more. */
  readonly unclear?: readonly string[];
  /** Part of what it says. */
  readonly says: string;
}
