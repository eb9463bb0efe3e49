import type { Answer } from '../stack/answer';
import type { Arguments } from '../stack/arguments';
import { MADE_UP_ID } from '../stack/computed-attributes';
import { referencesOf } from '../stack/resolve-references';
import { isWritten } from '../stack/said';
import type { StackDocument } from '../stack/stack-document';
import { isObject, UnknownValue } from '../stack/unknown-value';
import { placeOf } from './place';
import { canonical, isSameText } from './same-text';

/** With these a plan is made without an account; what is deployed goes by the stack's own text. */
const MADE_OFFLINE: ReadonlySet<string> = new Set([
  ...['access_key', 'secret_key', 'token', 'max_retries'],
  ...['skip_credentials_validation', 'skip_metadata_api_check', 'skip_region_validation', 'skip_requesting_account_id'],
]);

/** Settings that a plan does not show, or lacks where it was made without an account. */
const NOT_SHOWN: ReadonlySet<string> = new Set(['//', 'alias', 'allowed_account_ids', 'version']);

/** Settings of the provider that either of the two has alone, or another than the other one. */
export function providerDifferences(written: Arguments, planned: Arguments): readonly string[] {
  const differing = Object.entries(planned).filter(
    ([name, value]) => !MADE_OFFLINE.has(name) && !isSameSetting(written[name], value),
  );
  const missing = Object.keys(written).filter(
    (name) => !(name in planned || MADE_OFFLINE.has(name) || NOT_SHOWN.has(name)) && isWritten(written[name]),
  );
  return [
    ...differing.map(([name, value]) =>
      written[name] === undefined
        ? `provider.aws has ${name} in the plan only`
        : `provider.aws has another ${name} in the plan: ${JSON.stringify(value)}`,
    ),
    ...missing.map((name) => `provider.aws has ${name} in the synthesized stack only`),
  ];
}

function isSameSetting(written: unknown, planned: unknown): boolean {
  if (planned instanceof UnknownValue) return typeof written === 'string' && written.includes('${');
  return canonical(written ?? null) === canonical(planned);
}

/** Where the outputs of a plan are others than those of the stack. */
export function outputDifferences(stack: StackDocument, plan: StackDocument): readonly string[] {
  const { answer } = referencesOf(stack, placeOf(stack, {}));
  const named = (document: StackDocument) => new Map(document.outputs.map((output) => [output.name, output]));
  const [written, planned] = [named(stack), named(plan)];
  return [
    ...[...planned.keys()].filter((name) => !written.has(name)).map((name) => `output.${name} is in the plan only`),
    ...[...written.values()].flatMap(({ name, value, isSensitive }) => {
      const other = planned.get(name);
      if (other === undefined) return [`output.${name} is in the synthesized stack only`];
      return [
        ...(other.isSensitive && !isSensitive ? [`output.${name} is sensitive in the plan only`] : []),
        ...differencesIn(value, other.value, `output.${name}`, answer),
      ];
    }),
  ];
}

function differencesIn(
  written: unknown,
  planned: unknown,
  at: string,
  answer: (text: string) => Answer<string>,
): readonly string[] {
  if (planned instanceof UnknownValue) return [];
  const [left, right] = [membersOf(written), membersOf(planned)];
  if (left !== undefined && right !== undefined) {
    const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    return names.flatMap((name) => differencesIn(left[name], right[name], `${at}.${name}`, answer));
  }
  const text = typeof written === 'string' ? answer(written) : undefined;
  if (text !== undefined && (text.state !== 'known' || text.value.includes(MADE_UP_ID))) return [];
  const said = text?.state === 'known' ? text.value : written;
  // Read of a plan, an empty text is none.
  const isSame = isSameText(String(said ?? ''), String(planned ?? ''));
  return isSame ? [] : [`${at} is ${JSON.stringify(planned) ?? 'nothing'} in the plan`];
}

function membersOf(value: unknown): Arguments | undefined {
  if (Array.isArray(value)) return Object.fromEntries(value.entries());
  return isObject(value) ? value : undefined;
}
