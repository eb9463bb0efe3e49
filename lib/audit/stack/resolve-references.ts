import { ToolkitError } from '../../errors';
import { ABSENT, type Answer, known, unknown } from './answer';
import { computedAttribute } from './computed-attributes';
import type { Place } from './place';
import type { StackDocument, StackResource } from './stack-document';
import { UnknownValue } from './unknown-value';

/** `${<address>.<attribute>}`, where the address may lie in modules and hold an index. */
const REFERENCE = /\$\{((?:module\.[\w-]+(?:\[[^\]]*\])?\.)*[a-z0-9_]+\.[\w-]+(?:\[[^\]]*\])?)\.([a-z0-9_]+)\}/g;

/** Reads arguments of one stack with their references resolved. */
export interface References {
  /** @throws {ToolkitError} `UnresolvedReference`; `BadStack`, when the argument is no text */
  readonly text: (resource: StackResource, argument: string) => string;
  /** The same for an argument that may be missing. */
  readonly tryText: (resource: StackResource, argument: string) => string | undefined;
  /** Any text of the stack; `at` says whose it is. */
  readonly resolve: (text: string, at: string) => string;
  /** The same as a value, for readers to whom not knowing is an answer. */
  readonly answer: (text: string) => Answer<string>;
}

export function referencesOf(stack: StackDocument, place: Partial<Place>): References {
  const answer = answering(stack, place);
  const resolve = (text: string, at: string): string => {
    const found = answer(text);
    if (found.state === 'known') return found.value;
    throw unresolved(at, found.state === 'unknown' ? found.because : text);
  };
  const tryText = (resource: StackResource, argument: string) => {
    const value = resource.arguments[argument];
    if (value === undefined || value === null) return undefined;
    const at = `'${resource.address}' argument '${argument}'`;
    if (value instanceof UnknownValue) throw unresolved(at, value.because);
    if (typeof value !== 'string')
      throw new ToolkitError('BadStack', `${at} must be text, got: ${JSON.stringify(value)}`);
    return resolve(value, at);
  };
  const text = (resource: StackResource, argument: string) => {
    const value = tryText(resource, argument);
    if (value !== undefined) return value;
    throw new ToolkitError('BadStack', `'${resource.address}' argument '${argument}' must be there, got: nothing`);
  };
  return { text, tryText, resolve, answer };
}

/** Finds what a text will be, or the first reference in it that only a deployment could resolve. */
function answering({ resources }: StackDocument, place: Partial<Place>): (text: string) => Answer<string> {
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  const answerIn = (text: string, trail: readonly string[]): Answer<string> => {
    let open: string | undefined;
    const resolved = text.replace(REFERENCE, (reference, address: string, attribute: string) => {
      const found = trail.includes(reference)
        ? unknown(`${reference}, which refers to itself`)
        : attributeOf(byAddress.get(address), attribute, [...trail, reference]);
      if (found.state === 'known') return found.value;
      open ??= found.state === 'unknown' ? found.because : reference;
      return '';
    });
    const left = /[$%]\{[^}]*\}?/.exec(resolved.replaceAll(POLICY_VARIABLE, ''))?.[0];
    const because = open ?? left;
    return because === undefined ? known(resolved) : unknown(because);
  };
  const attributeOf = (resource: StackResource | undefined, name: string, trail: readonly string[]): Answer<string> => {
    if (resource === undefined) return ABSENT;
    const given = resource.arguments[name];
    if (typeof given === 'string') return answerIn(given, trail);
    const argument = (other: string) => attributeOf(resource, other, [...trail, `${resource.address}.${other}`]);
    return computedAttribute({ resource, name, place, argument });
  };
  return (text) => answerIn(text, []);
}

/** Terraform writes a policy variable as `$${aws:username}`. */
const POLICY_VARIABLE = /\$\$\{[^}]*\}/g;

function unresolved(at: string, reference: string): ToolkitError {
  return new ToolkitError(
    'UnresolvedReference',
    `${at} must be readable without an AWS account, got: ${reference}\nWrite names, accounts and ARNs as text`,
  );
}
