import type { Accounts } from './accounts';
import type { IamState } from './iam-state';
import type { KmsState } from './kms-state';
import type { Propagation } from './propagation';
import type { S3State } from './s3-state';

/** Everything that one simulated account holds, as it is seen from one region. All of it lives in memory. */
export interface AccountState {
  readonly accountId: string;
  readonly partition: string;
  readonly region: string;
  /** The accounts that it is one of. */
  readonly accounts: Accounts;
  /** The same in every region. */
  readonly iam: IamState;
  readonly kms: KmsState;
  /** The same for every account, in every region. */
  readonly s3: S3State;
  /** When its changes come into force. */
  readonly propagation: Propagation;
  /** The account's clock; every date that it answers with comes from here. */
  readonly now: () => Date;
  /** Random bytes for ids and keys. */
  readonly randomBytes: (size: number) => Buffer;
}
