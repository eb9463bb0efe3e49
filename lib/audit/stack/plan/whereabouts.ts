import type { Arguments } from '../arguments';
import { asList, asObject } from './configurations';

/** Where a thing that exists is, as far as its attributes say. */
export interface Whereabouts {
  readonly address: string;
  readonly account?: string;
  readonly region?: string;
}

/** Types whose place is that of the whole environment; what else there is may be elsewhere on purpose. */
const TELLING: ReadonlySet<string> = new Set(['aws_iam_policy', 'aws_iam_role', 'aws_kms_key', 'aws_s3_bucket']);

/**
 * Where everything is that a plan found in the state, also what it would take for deleted because it is elsewhere.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
export function whereaboutsIn(plan: Arguments): readonly Whereabouts[] {
  const { values } = asObject(plan.prior_state);
  const changes = [...asList(plan.resource_drift), ...asList(plan.resource_changes)].map(asObject);
  const found: readonly Arguments[] = [
    ...resourcesBelow(asObject(asObject(values).root_module)),
    ...changes.map(({ change, ...resource }) => ({ ...resource, values: asObject(change).before })),
  ];
  const places = found
    .filter(({ mode, type }) => mode === 'managed' && TELLING.has(String(type)))
    .map((one) => whereaboutsOf(String(one.address), asObject(one.values)));
  return [...new Map(places.map((place) => [JSON.stringify(place), place])).values()];
}

/** Where the environment is by the output `backup_environment` of its state. */
export function whereaboutsByOutput(value: unknown): Whereabouts {
  const { account, region } = asObject(asObject(value).aws);
  return {
    address: 'output.backup_environment',
    ...(typeof account === 'string' && { account }),
    ...(typeof region === 'string' && { region }),
  };
}

export function resourcesBelow({ resources, child_modules: children }: Arguments): readonly Arguments[] {
  const own = asList(resources).map(asObject);
  return [...own, ...asList(children).flatMap((child) => resourcesBelow(asObject(child)))];
}

/** The ARN of a bucket names neither; its region is an attribute of its own. */
function whereaboutsOf(address: string, { arn, region }: Arguments): Whereabouts {
  const [, , , regionOfArn, account] = String(arn ?? '').split(':');
  const where = regionOfArn || (typeof region === 'string' ? region : '');
  return { address, ...(account && { account }), ...(where && { region: where }) };
}
