/** Like `describe`, but skipped, with the reason in the title, where neither Terraform nor its provider can be had. */
export function describeWithProvider(title: string, tests: () => void): void {
  const reason = process.env.VAULT_ENV_E2E_SKIPPED;
  if (reason === undefined) describe(title, tests);
  else describe.skip(`${title} (skipped: ${reason})`, tests);
}

/** The environment of a run with the provider as people have it, where `find-provider.ts` put a quicker one in its place. */
export function wholeProvider(): Readonly<Record<string, string>> {
  const mirror = process.env.VAULT_ENV_WHOLE_PROVIDER;
  if (mirror === undefined) return {};
  return {
    VAULT_ENV_PROVIDER_MIRROR: mirror,
    TF_CLI_ARGS_init: `-plugin-dir=${mirror}`,
    TF_DISABLE_PLUGIN_TLS: '',
  };
}
