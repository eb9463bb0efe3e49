import { resolve } from 'node:path';
import type { ProcessEnvironment } from '../process-environment';

/** The variables that every run sets. */
const fixed: ProcessEnvironment = { CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_INPUT: '0' };

/** A quarter of a run's CPU time goes into garbage while the provider reads its schemas; this costs 50 MB of memory. */
const GARBAGE_COLLECTION: ProcessEnvironment = { GOGC: '400' };

/** Would change what a command does, or what it prints. */
const DISTURBING = [/^TF_CLI_ARGS/, /^TF_REATTACH_PROVIDERS$/];

/** Would move the state or the working files of a run to a place that other runs share. */
const MOVING = [/^TF_DATA_DIR$/, /^TF_WORKSPACE$/];

const LOGGING = [/^TF_LOG$/, /^TF_LOG_/];

/** Paths that Terraform would read against another folder than the one they were written for. */
const PATHS = ['TF_CLI_CONFIG_FILE', 'TF_PLUGIN_CACHE_DIR', 'TF_LOG_PATH'];

/**
 * The environment that Terraform runs in.
 *
 * The user's credentials, proxies, `TF_VAR_*`, `TF_TOKEN_*`, `GOGC` and CLI configuration stay. Left out are `TF_CLI_ARGS*` and
 * `TF_REATTACH_PROVIDERS`; `TF_DATA_DIR` and `TF_WORKSPACE`, unless the state is the user's own; and `TF_LOG*`, unless
 * `TF_LOG_PATH` sends the log to a file: on stderr it would bury the error.
 *
 * @param options.keepWorkspace for a folder that the user deployed from, whose state these two variables locate
 * @see https://developer.hashicorp.com/terraform/cli/config/environment-variables
 */
export function terraformEnvironment(
  env: ProcessEnvironment,
  options: { readonly keepWorkspace?: boolean } = {},
): ProcessEnvironment {
  const dropped = [...DISTURBING, ...(options.keepWorkspace ? [] : MOVING), ...(env.TF_LOG_PATH ? [] : LOGGING)];
  const kept = Object.entries(env).filter(([name]) => !dropped.some((pattern) => pattern.test(name)));
  return { ...GARBAGE_COLLECTION, ...Object.fromEntries(kept.map(absolute)), ...fixed };
}

function absolute([name, value]: [string, string | undefined]): [string, string | undefined] {
  return [name, value && PATHS.includes(name) ? resolve(value) : value];
}
