/** Something that is wrong with the files of a certificate, and what to do. */
export interface Trouble {
  readonly found: string;
  readonly fix: string;
  /** Whether it may be so on a host that is in order. @default false */
  readonly isNote?: true;
}

export const ISSUE_AGAIN =
  'Have it issued again, as request.cnf of host/ asks, and install it with renew.sh there; the credential helper reads it anew.';
