import type { Arguments } from '../arguments';
import { isAwsProvider, providerDoubts } from '../terraform-block';
import { asList, asObject } from './configurations';

/**
 * Members of a plan that are read, or say nothing about the deployment, by the object that holds them. Anything else that is
 * neither empty nor switched off is a doubt.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
const READ = {
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
  configured: [
    ...['address', 'count_expression', 'depends_on', 'expressions', 'for_each_expression', 'mode', 'name'],
    ...['provider_config_key', 'schema_version', 'type'],
  ],
  provider: ['expressions', 'full_name', 'name', 'version_constraint'],
} as const;

/** Doubts about a plan beyond the resources that it changes, in one sentence each. */
export function planDoubts(plan: Arguments): readonly string[] {
  const configuration = asObject(plan.configuration);
  return [
    ...(plan.complete === false ? ['the plan is of a part of the stack only (complete: false)'] : []),
    ...(plan.configuration === undefined ? ['the plan has no configuration, so nothing says what refers to what'] : []),
    ...unread(plan, READ.plan).map((name) => `the plan has '${name}', which is not read`),
    ...asList(plan.resource_changes).map(asObject).flatMap(changeDoubts),
    ...asList(plan.resource_drift).map(asObject).flatMap(driftDoubts),
    ...Object.entries(asObject(configuration.provider_config)).flatMap(([key, one]) =>
      configDoubts(key, asObject(one)),
    ),
    ...moduleDoubts(asObject(configuration.root_module)),
  ];
}

function unread(given: Arguments, read: readonly string[]): readonly string[] {
  return Object.keys(given).filter((name) => !read.includes(name) && saysSomething(given[name]));
}

function saysSomething(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return value !== undefined && value !== null && value !== false && value !== '';
}

function changeDoubts(resource: Arguments): readonly string[] {
  const { address, type, provider_name: provider } = resource;
  const isForeign = provider !== undefined && String(type).startsWith('aws_') && !isAwsProvider(provider);
  return [
    ...unread(resource, READ.resource).map((name) => `${address} has '${name}' in the plan, which is not read`),
    ...unread(asObject(resource.change), READ.change).map(
      (name) => `the change of ${address} has '${name}', which is not read`,
    ),
    ...(isForeign ? [`${address} is made by the provider ${provider}, not by hashicorp/aws`] : []),
  ];
}

/** A change by hand that still stands is among the changes of the plan; a removal need not be. */
function driftDoubts({ address, change }: Arguments): readonly string[] {
  return asList(asObject(change).actions).includes('delete')
    ? [`${address} was removed by somebody else than Terraform (resource_drift)`]
    : [];
}

function configDoubts(key: string, provider: Arguments): readonly string[] {
  const { name, full_name: full = 'hashicorp/aws' } = provider;
  if (name !== undefined && name !== 'aws') return [`Terraform runs another provider, '${key}' (${full})`];
  const more = unread(provider, READ.provider);
  const isOnly = key === 'aws' && more.length === 0;
  return [...providerDoubts(full), ...(isOnly ? [] : [`the plan has a further provider of AWS, '${key}'`])];
}

function moduleDoubts({ resources, module_calls: calls }: Arguments): readonly string[] {
  return [
    ...asList(resources).map(asObject).flatMap(configuredDoubts),
    ...Object.values(asObject(calls)).flatMap((call) => moduleDoubts(asObject(asObject(call).module))),
  ];
}

/** A data source of another provider is a program that runs, or a document from elsewhere. */
function configuredDoubts(resource: Arguments): readonly string[] {
  const { address, mode, type, provider_config_key: key } = resource;
  const isForeign = mode === 'data' && !String(type).startsWith('aws_') && type !== 'terraform_data';
  const isOther = key !== undefined && String(type).startsWith('aws_') && !/^(?:.*:)?aws$/.test(String(key));
  return [
    ...unread(resource, READ.configured).map((name) => `${address} is configured with '${name}', which is not read`),
    ...(isForeign ? [`${address} asks something other than AWS`] : []),
    ...(isOther ? [`${address} is made by the provider '${key}'`] : []),
  ];
}
