import { ToolkitError } from '../../errors';
import type { Arguments } from '../stack/arguments';
import { MADE_UP_ID } from '../stack/computed-attributes';
import { referencesOf } from '../stack/resolve-references';
import type { StackDocument, StackResource } from '../stack/stack-document';
import { isObject, UnknownValue } from '../stack/unknown-value';
import { outputDifferences, providerDifferences } from './join-settings';
import { placeOf } from './place';
import { isSameText } from './same-text';

/**
 * Joins a plan with the synthesized stack that it was made from: what the plan leaves unknown comes from the stack's text,
 * and what a plan never shows (`lifecycle`, the backend) with it.
 *
 * Differences between the two are kept as contradictions.
 *
 * @throws {ToolkitError} `PlanOfAnotherStack`, when the plan has no bucket of the stack
 */
export function joinPlan(stack: StackDocument, plan: StackDocument): StackDocument {
  const planned = new Map(plan.resources.map((resource) => [resource.address, resource]));
  const written = new Map(stack.resources.map((resource) => [resource.address, resource]));
  const buckets = stack.resources.filter(({ type }) => type === 'aws_s3_bucket');
  if (!buckets.some(({ address }) => planned.has(address))) throw anotherStack(plan, stack);
  const agree = agreement(stack);
  const contradictions = [
    ...only(planned, written).map((address) => `${address} is in the plan only`),
    ...only(written, planned).map((address) => `${address} is in the synthesized stack only`),
    ...stack.resources.flatMap((resource) => agree(resource, planned.get(resource.address))),
    ...providerDifferences(stack.provider, plan.provider),
    ...outputDifferences(stack, plan),
    ...importsOfPlanOnly(stack, plan),
  ];
  return {
    ...stack,
    source: 'both',
    provider: { ...placeIn(plan.provider), ...stack.provider },
    resources: [
      ...stack.resources.map((resource) => joinResource(resource, planned.get(resource.address))),
      ...plan.resources.filter(({ address }) => !written.has(address)),
    ],
    changes: plan.changes,
    ...(plan.standing && { standing: plan.standing }),
    ...(plan.before && { before: plan.before }),
    doubts: [...stack.doubts, ...plan.doubts],
    contradictions,
  };
}

/** Imports that the synthesized stack lacks, or has for another thing. */
function importsOfPlanOnly(stack: StackDocument, plan: StackDocument): readonly string[] {
  return plan.imports
    .filter(({ address, id }) => !stack.imports.some((one) => one.address === address && one.id === id))
    .map(({ address, id }) => `${address} is imported from ${id} in the plan only`);
}

function placeIn({ region, allowed_account_ids: accounts }: Arguments): Arguments {
  return { ...(region !== undefined && { region }), ...(accounts !== undefined && { allowed_account_ids: accounts }) };
}

function anotherStack(plan: StackDocument, stack: StackDocument): ToolkitError {
  const bucketsOf = ({ resources }: StackDocument) =>
    resources.flatMap(({ type, address }) => (type === 'aws_s3_bucket' ? [address] : [])).join(', ') || 'none';
  return new ToolkitError(
    'PlanOfAnotherStack',
    `'--plan' must be a plan of this stack, with the bucket ${bucketsOf(stack)}, got: ${bucketsOf(plan)}\n` +
      'Plan in the folder of the synthesized stack',
  );
}

function only(left: ReadonlyMap<string, unknown>, right: ReadonlyMap<string, unknown>): readonly string[] {
  return [...left.keys()].filter((address) => !right.has(address));
}

function joinResource(written: StackResource, planned: StackResource | undefined): StackResource {
  if (planned === undefined) return written;
  return {
    ...written,
    arguments: merge(planned.arguments, written.arguments) as Arguments,
    written: written.arguments,
    ...(planned.assumed && { assumed: planned.assumed }),
  };
}

/** The plan's value where it is known, else the written text. */
function merge(planned: unknown, written: unknown): unknown {
  if (planned instanceof UnknownValue) return written ?? planned;
  if (isReference(planned)) return written ?? planned;
  if (Array.isArray(planned)) {
    const list = written === undefined || Array.isArray(written) ? (written ?? []) : [written];
    return planned.map((one, index) => merge(one, (list as readonly unknown[])[index]));
  }
  if (isObject(planned) && isObject(written)) {
    const names = [...new Set([...Object.keys(planned), ...Object.keys(written)])];
    return Object.fromEntries(names.map((name) => [name, merge(planned[name], written[name])]));
  }
  return planned === undefined || planned === null ? (written ?? planned) : planned;
}

/** Finds the values that a plan knows and that are not what the stack says. */
function agreement(
  stack: StackDocument,
): (written: StackResource, planned: StackResource | undefined) => readonly string[] {
  const { answer } = referencesOf(stack, placeOf(stack, {}));
  const differences = (written: unknown, planned: unknown, at: string): readonly string[] => {
    if (planned === undefined || planned instanceof UnknownValue || isReference(planned)) return [];
    if (typeof written === 'string') {
      const text = answer(written);
      // A key that exists by now has another id than the one that was made up for it.
      if (text.state !== 'known' || text.value.includes(MADE_UP_ID)) return [];
      // Read of a plan, an empty text is none.
      if (text.value === '' && planned === null) return [];
      return isSameText(text.value, planned) ? [] : [`${at} is ${JSON.stringify(planned)} in the plan`];
    }
    if (isObject(written) || Array.isArray(written)) {
      const [left, right] = [listOf(written), listOf(planned)];
      if (left.length > 1 || right.length > 1 || Array.isArray(written)) {
        if (left.length !== right.length) return [`${at} has ${right.length} blocks in the plan`];
        return left.flatMap((one, index) => inBlock(one, right[index], `${at}.${index}`));
      }
      return inBlock(left[0], right[0], at);
    }
    return String(written) === String(planned) ? [] : [`${at} is ${JSON.stringify(planned)} in the plan`];
  };
  const inBlock = (written: unknown, planned: unknown, at: string): readonly string[] => {
    if (!isObject(written)) return differences(written, planned, at);
    if (!isObject(planned)) return [`${at} is ${JSON.stringify(planned) ?? 'nothing'} in the plan`];
    return Object.entries(written)
      .filter(([name]) => planned[name] !== undefined)
      .flatMap(([name, value]) => differences(value, planned[name], `${at}.${name}`));
  };
  return (written, planned) =>
    planned === undefined ? [] : inBlock(written.arguments, planned.arguments, written.address);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
}

function isReference(value: unknown): boolean {
  return typeof value === 'string' && /(^|[^$])\$\{/.test(value);
}
