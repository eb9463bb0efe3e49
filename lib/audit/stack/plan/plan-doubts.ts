import type { Arguments } from '../arguments';
import { isAwsProvider, providerDoubts } from '../terraform-block';
import { asList, asObject } from './configurations';
import { onlySomewhere } from './only-somewhere';
import { READ, unread } from './plan-members';

/** Members that would be skipped unless they are lists. */
const LISTS = ['checks', 'resource_drift'] as const;

/** Doubts about a plan beyond the resources that it changes, in one sentence each. */
export function planDoubts(plan: Arguments): readonly string[] {
  const configuration = asObject(plan.configuration);
  return [
    ...(plan.complete === false ? ['the plan is of a part of the stack only (complete: false)'] : []),
    ...(plan.configuration === undefined ? ['the plan has no configuration, so nothing says what refers to what'] : []),
    ...unread(plan, READ.plan).map((name) => `the plan has '${name}', which is not read`),
    ...LISTS.filter((name) => !Array.isArray(plan[name] ?? [])).map((name) => `the plan has no list as '${name}'`),
    ...unread(configuration, READ.configuration).map((name) => `the configuration has '${name}', which is not read`),
    ...onlySomewhere(plan),
    ...asList(plan.checks).map(asObject).flatMap(checkDoubts),
    ...Object.entries(asObject(plan.output_changes)).flatMap(([name, change]) => outputDoubts(name, asObject(change))),
    ...asList(plan.resource_changes).map(asObject).flatMap(changeDoubts),
    ...asList(plan.resource_drift).map(asObject).flatMap(driftDoubts),
    ...Object.entries(asObject(configuration.provider_config)).flatMap(([key, one]) =>
      configDoubts(key, asObject(one)),
    ),
    ...moduleDoubts(asObject(configuration.root_module)),
  ];
}

/** What is asserted and does not hold; what is not known yet, Terraform asks when it applies. */
function checkDoubts({ address, status }: Arguments): readonly string[] {
  if (status !== 'fail' && status !== 'error') return [];
  return [`${asObject(address).to_display ?? 'a check'} does not hold (checks)`];
}

function outputDoubts(name: string, change: Arguments): readonly string[] {
  return [
    ...unread(change, READ.output).map((member) => `the output '${name}' has '${member}', which is not read`),
    ...oddActions(`the output '${name}'`, change),
  ];
}

const ACTIONS: readonly unknown[] = ['create', 'delete', 'forget', 'no-op', 'read', 'update'];

function oddActions(subject: string, { actions }: Arguments): readonly string[] {
  const known = asList(actions);
  const isOdd = known.length === 0 || known.some((action) => !ACTIONS.includes(action));
  return isOdd ? [`${subject} is to be changed in a way that is not known here: ${known.join()}`] : [];
}

function changeDoubts(resource: Arguments): readonly string[] {
  const { address, type, provider_name: provider } = resource;
  const change = asObject(resource.change);
  const isForeign = provider !== undefined && String(type).startsWith('aws_') && !isAwsProvider(provider);
  return [
    ...unread(resource, READ.resource).map((name) => `${address} has '${name}' in the plan, which is not read`),
    ...unread(change, READ.change).map((name) => `the change of ${address} has '${name}', which is not read`),
    ...(isForeign ? [`${address} is made by the provider ${provider}, not by hashicorp/aws`] : []),
    ...oddActions(String(address), change),
    ...identityDoubts(String(address), change),
    ...runDoubts(resource),
  ];
}

/** What a resource is known by is one of its attributes, or its place. */
function identityDoubts(address: string, { after, after_identity: identity }: Arguments): readonly string[] {
  const given = asObject(after);
  return Object.entries(asObject(identity))
    .filter(([name, value]) => given[name] !== undefined && given[name] !== null && given[name] !== value)
    .map(([name, value]) => `${address} has the identity '${name}' ${JSON.stringify(value)}, and is another`);
}

/** A change by hand that still stands is among the changes of the plan; a removal need not be. */
function driftDoubts(resource: Arguments): readonly string[] {
  const { address } = resource;
  const change = asObject(resource.change);
  return [
    ...[...unread(resource, READ.drift), ...unread(change, READ.change)].map(
      (name) => `the drift of ${address} has '${name}', which is not read`,
    ),
    ...oddActions(`the drift of ${address}`, change),
    ...(asList(change.actions).includes('delete')
      ? [`${address} was removed by somebody else than Terraform (resource_drift)`]
      : []),
  ];
}

function configDoubts(key: string, provider: Arguments): readonly string[] {
  const { name, full_name: full = 'hashicorp/aws' } = provider;
  if (name !== undefined && name !== 'aws') return [`Terraform runs another provider, '${key}' (${full})`];
  const more = unread(provider, READ.provider);
  const isOnly = key === 'aws' && more.length === 0;
  return [...providerDoubts(full), ...(isOnly ? [] : [`the plan has a further provider of AWS, '${key}'`])];
}

function moduleDoubts(module: Arguments): readonly string[] {
  const calls = Object.entries(asObject(module.module_calls)).map(([name, call]) => [name, asObject(call)] as const);
  return [
    ...unread(module, READ.module).map((name) => `a module is configured with '${name}', which is not read`),
    ...asList(module.resources).map(asObject).flatMap(configuredDoubts),
    ...calls.flatMap(([name, call]) => [
      ...unread(call, READ.call).map((member) => `the module '${name}' is called with '${member}', which is not read`),
      ...moduleDoubts(asObject(call.module)),
    ]),
  ];
}

/** Data sources of AWS that run a program when they are asked. */
const RUNS: readonly unknown[] = ['aws_lambda_invocation'];

function runDoubts({ address, mode, type }: Arguments): readonly string[] {
  return mode === 'data' && RUNS.includes(type) ? [`${address} runs a program`] : [];
}

/** A data source of another provider is a program that runs, or a document from elsewhere. */
function configuredDoubts(resource: Arguments): readonly string[] {
  const { address, mode, type, provider_config_key: key } = resource;
  const isForeign = mode === 'data' && !String(type).startsWith('aws_') && type !== 'terraform_data';
  const isOther = key !== undefined && String(type).startsWith('aws_') && !/^(?:.*:)?aws$/.test(String(key));
  return [
    ...unread(resource, READ.configured).map((name) => `${address} is configured with '${name}', which is not read`),
    ...(mode !== undefined && mode !== 'managed' && mode !== 'data'
      ? [`${address} is of the kind '${mode}', which is not read`]
      : []),
    ...(isForeign ? [`${address} asks something other than AWS`] : []),
    ...runDoubts(resource),
    ...(isOther ? [`${address} is made by the provider '${key}'`] : []),
  ];
}
