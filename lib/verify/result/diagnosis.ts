import type { HostWords } from '../../hosts';

/** The likely cause of a result that is no pass, and what to do about it. */
export interface Diagnosis {
  /** Id of the pattern that the evidence fits. */
  readonly id: string;
  readonly cause: string;
  readonly fix: string;
  /** Vault's own message for the same trouble. */
  readonly inVault?: string;
}

/** The result of one call; everything that a cause is derived from. */
export interface Evidence {
  /** AWS's name of the operation, with what is special about it. */
  readonly call: string;
  /** AWS's error code, or the transport's own. */
  readonly code: string;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly message: string;
}

/** The environment that the causes are told in terms of. */
export interface EnvironmentFacts {
  readonly account: string;
  readonly region: string;
  readonly bucket: string;
  readonly roleArn: string;
  readonly keyArn: string | undefined;
  /** Keys of earlier backups. @default none */
  readonly formerKeyArns?: readonly string[] | undefined;
  /** How what gives the host its credentials is called. */
  readonly host: HostWords;
  /** Whose calls are explained: the host's are those of the role, an operator's anybody's. @default 'operator' */
  readonly half?: 'host' | 'operator';
}

/** A row of the tables: what the evidence looks like, and what it means. */
export interface Pattern {
  readonly id: string;
  readonly fits: (evidence: Evidence, facts: EnvironmentFacts) => boolean;
  readonly cause: (evidence: Evidence, facts: EnvironmentFacts) => string;
  readonly fix: (evidence: Evidence, facts: EnvironmentFacts) => string;
}
