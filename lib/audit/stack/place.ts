/** Where the stack will be deployed; ARNs that exist only afterwards are made up for this place. */
export interface Place {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}
