/** Like `describe`, but skipped, with the reason in the title, where neither Terraform nor its provider can be had. */
export function describeWithProvider(title: string, tests: () => void): void {
  const reason = process.env.VAULT_ENV_E2E_SKIPPED;
  if (reason === undefined) describe(title, tests);
  else describe.skip(`${title} (skipped: ${reason})`, tests);
}
