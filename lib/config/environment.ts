import type { Partition } from './partition';
import type { EnvironmentFile } from './schema';

/** A Vault backup environment, parsed and checked. */
export interface Environment extends EnvironmentFile {
  /** Name of the environment and of its stack: that of the file, unless the file says another. */
  readonly name: string;
  /** Certificates of the trust anchor to create, from the PEM file that `host` names. */
  readonly trustAnchorPem?: string;
  /** Follows from the region. */
  readonly partition: Partition;
}
