import type { Arguments } from '../arguments';

/**
 * Members of a plan that are read, or say nothing about the deployment, by the object that holds them. Anything else that is
 * neither empty nor switched off is a doubt.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export const READ = {
  plan: [
    ...['applyable', 'complete', 'configuration', 'errored', 'format_version', 'output_changes', 'planned_values'],
    ...['prior_state', 'relevant_attributes', 'resource_changes', 'resource_drift', 'terraform_version', 'timestamp'],
    ...['checks', 'variables'],
  ],
  resource: [
    ...['action_reason', 'address', 'change', 'index', 'mode', 'module_address', 'name', 'provider_name', 'type'],
  ],
  change: [
    ...['actions', 'after', 'after_identity', 'after_sensitive', 'after_unknown', 'before', 'before_identity'],
    ...['before_sensitive', 'importing', 'replace_paths'],
  ],
  drift: [
    ...['action_reason', 'address', 'change', 'index', 'mode', 'module_address', 'name', 'previous_address'],
    ...['provider_name', 'type'],
  ],
  output: ['actions', 'after', 'after_sensitive', 'after_unknown', 'before', 'before_sensitive'],
  configuration: ['provider_config', 'root_module'],
  module: ['module_calls', 'outputs', 'resources', 'variables'],
  call: [
    ...['count_expression', 'depends_on', 'expressions', 'for_each_expression', 'module', 'source'],
    'version_constraint',
  ],
  configured: [
    ...['address', 'count_expression', 'depends_on', 'expressions', 'for_each_expression', 'mode', 'name'],
    ...['provider_config_key', 'schema_version', 'type'],
  ],
  provider: ['expressions', 'full_name', 'name', 'version_constraint'],
} as const;

/** Members that say something and are not read. */
export function unread(given: Arguments, read: readonly string[]): readonly string[] {
  return Object.keys(given).filter((name) => !read.includes(name) && saysSomething(given[name]));
}

function saysSomething(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return value !== undefined && value !== null && value !== false && value !== '';
}
