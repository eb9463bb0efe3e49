import { type Policy, type PolicyKind, parsePolicy } from '../../iam';
import { badStack } from './arguments';
import type { Place } from './place';
import { type References, referencesOf } from './resolve-references';
import type { StackDocument, StackResource } from './stack-document';

/** Finds the resources of one stack and reads what they say, with references resolved. */
export interface StackReading extends References {
  readonly place: Place;
  readonly all: (type: string) => readonly StackResource[];
  /** @throws {ToolkitError} `BadStack`, unless there is exactly one */
  readonly findOne: (type: string) => StackResource;
  /** @throws {ToolkitError} `BadStack`, when there is more than one */
  readonly tryFindOne: (type: string) => StackResource | undefined;
  readonly arnOf: (resource: StackResource) => string;
  /** @throws {ToolkitError} `BadPolicy`; `UnresolvedReference`; `BadStack` */
  readonly policy: (resource: StackResource, argument: string, kind: PolicyKind) => Policy;
}

export function readingOf(stack: StackDocument, place: Place): StackReading {
  const references = referencesOf(stack, place);
  const all = (type: string) => stack.resources.filter((resource) => resource.type === type);
  const tryFindOne = (type: string) => {
    const found = all(type);
    if (found.length < 2) return found[0];
    throw badStack(
      `'${type}'`,
      'must be in the stack once',
      found.map(({ address }) => address),
    );
  };
  const findOne = (type: string) => {
    const found = tryFindOne(type);
    if (found === undefined) throw badStack(`'${type}'`, 'must be in the stack', undefined);
    return found;
  };
  const arnOf = ({ address }: StackResource) => references.resolve(`\${${address}.arn}`, `'${address}'`);
  const policy = (resource: StackResource, argument: string, kind: PolicyKind) =>
    parsePolicy(unescapeVariables(references.text(resource, argument)), resource.address, { kind });
  return { ...references, place, all, findOne, tryFindOne, arnOf, policy };
}

/** Terraform writes a policy variable with two dollar signs. */
function unescapeVariables(text: string): string {
  return text.replaceAll('$${', () => '${');
}
