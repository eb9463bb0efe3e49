/** The names that every policy is about. All are known before anything exists, so every policy is readable in a plan. */
export interface PolicyTarget {
  /** Name of the environment. */
  readonly name: string;
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  readonly bucket: string;
  /** IAM path, with a slash at both ends. */
  readonly rolePath: string;
  /** Name of a role that is taken over under it; left out, it follows from the environment's. */
  readonly roleName?: string | undefined;
  /** The machine that Vault runs on; `role` is the ARN of the role that it has already. */
  readonly host?: { readonly kind: string; readonly role?: string };
}
