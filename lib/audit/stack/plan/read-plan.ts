import { ToolkitError } from '../../../errors';
import { type Arguments, requireObject } from '../arguments';
import { describeMove, insteadOf, type Move, movesBetween } from '../moves';
import type { PlannedChange, StackDocument, StackOutput } from '../stack-document';
import { requireType } from '../terraform-type';
import { asList, asObject, collectConfigurations } from './configurations';
import { planDoubts } from './plan-doubts';
import { readAfter } from './planned-values';
import { readBefore } from './read-before';
import { readProvider } from './read-provider';
import { readResources } from './read-resources';
import { resourcesBelow, whereaboutsIn } from './whereabouts';

/**
 * Reads what `terraform show -json` or `tofu show -json` wrote of a plan.
 *
 * @throws {ToolkitError} `NotAPlan`, for a state; `EnvironmentMoved`, for a plan that failed for another account or region;
 *   `UnsupportedPlan`, for any other that failed, and for another major version of the format
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export function readPlan(document: object, file: string): StackDocument {
  const plan = document as Arguments;
  requirePlan(plan, file);
  const configurations = collectConfigurations(plan);
  const changes = listOf(plan.resource_changes, `${file}: 'resource_changes'`);
  for (const { type } of changes) requireType(String(type), `${file}: 'resource_changes'`);
  const provider = readProvider(plan);
  const planned = changes.filter(({ mode }) => mode !== 'data').map(readChange);
  return {
    source: 'plan',
    imports: planned.flatMap(({ address, importing: id }) => (id === undefined ? [] : [{ address, id }])),
    resources: readResources(changes, readAlready(plan), configurations),
    provider,
    outputs: readOutputs(plan),
    hasDataSources: false,
    showsMetaArguments: false,
    changes: planned,
    standing: whereaboutsIn(plan),
    before: readBefore(plan, changes, provider),
    doubts: planDoubts(plan),
    contradictions: [],
  };
}

/** Data sources that were asked when the plan was made. */
function readAlready({ prior_state: state }: Arguments): readonly Arguments[] {
  const { values } = asObject(state);
  return resourcesBelow(asObject(asObject(values).root_module)).filter(({ mode }) => mode === 'data');
}

function readChange({ address, type, change: given }: Arguments): PlannedChange {
  const change = requireObject(given, `'${address}': 'change'`);
  const { actions, before, after, importing } = change;
  const isThere = (one: unknown) => one !== undefined && one !== null;
  return {
    address: String(address),
    type: String(type),
    actions: listOfText(actions),
    ...(isThere(before) && { before: asObject(readAfter({ after: before })) }),
    ...(isThere(after) && { after: asObject(readAfter(change)) }),
    ...(isThere(importing) && { importing: String(asObject(importing).id) }),
  };
}

function requirePlan(plan: Arguments, file: string): void {
  const refuse = (code: string, rule: string, got: string, fix: string) => {
    throw new ToolkitError(code, `'${file}' ${rule}, got: ${got}\n${fix}`);
  };
  const fix = 'Write one with terraform plan -out=plan and terraform show -json plan';
  if (!/^1\./.test(String(plan.format_version))) {
    refuse('UnsupportedPlan', 'must have a format_version of 1', JSON.stringify(plan.format_version), fix);
  }
  if (plan.errored === true) {
    for (const move of movesIn(plan))
      refuse('EnvironmentMoved', 'must be a plan for the place of what exists', describeMove(move), instead(move));
    refuse('UnsupportedPlan', 'must be a plan that succeeded', 'errored: true', 'Mend what terraform plan reports');
  }
  if (!Array.isArray(plan.resource_changes)) {
    refuse(
      'NotAPlan',
      'must be a plan with resource_changes',
      'values' in plan ? 'a state' : 'no resource_changes',
      fix,
    );
  }
}

/** Why Terraform failed, where it could not find in one place what is in another. */
function movesIn(plan: Arguments): readonly Move[] {
  const { region, allowed_account_ids: accounts } = readProvider(plan);
  const [account] = asList(accounts);
  return movesBetween(whereaboutsIn(plan), {
    ...(typeof account === 'string' && { account }),
    ...(typeof region === 'string' && { region }),
  });
}

function instead(move: Move): string {
  return `Instead: ${insteadOf(move).join('; or ')}`;
}

function readOutputs(plan: Arguments): readonly StackOutput[] {
  const changes = requireObject(plan.output_changes ?? {}, "'output_changes'");
  return Object.entries(changes).flatMap(([name, given]) => {
    const change = requireObject(given, `'output_changes.${name}'`);
    if (listOfText(change.actions).join() === 'delete') return [];
    return [{ name, value: readAfter(change), isSensitive: saysTrue(change.after_sensitive) }];
  });
}

/** Whether all of a value is sensitive, or some part of it. */
function saysTrue(value: unknown): boolean {
  return value === true || (typeof value === 'object' && value !== null && Object.values(value).some(saysTrue));
}

function listOf(value: unknown, subject: string): readonly Arguments[] {
  return Array.isArray(value) ? value.map((one) => requireObject(one, subject)) : [];
}

function listOfText(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
