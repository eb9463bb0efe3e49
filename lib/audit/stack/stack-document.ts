import { ToolkitError } from '../../errors';
import { findShapeProblem } from '../../json-shape';
import { type Arguments, badStack, requireObject } from './arguments';
import { joinedBlock, labelledIn, requireOnce, soleBlock } from './labelled-blocks';
import { machineReads } from './machine-reads';
import type { Whereabouts } from './plan/whereabouts';
import { importDoubts, readImports, type StackImport } from './stack-imports';
import { type Backend, readBackend, terraformDoubts } from './terraform-block';
import { requireType } from './terraform-type';
import { readProviderBlock, readResource, withPlainReferences } from './written-blocks';

/** A resource of a stack. */
export interface StackResource {
  /** As Terraform writes it, as in `aws_s3_bucket.backup` or `module.vault["a"].aws_s3_bucket.this[0]`. */
  readonly address: string;
  readonly type: string;
  /** The configured arguments; a leaf may be text with references, or an `UnknownValue`. */
  readonly arguments: Arguments;
  /** The same as the synthesized stack has it, where a plan added to it. */
  readonly written?: Arguments;
  /** By argument, what a policy or a bucket's name was taken for that a plan only refers to. */
  readonly assumed?: Readonly<Record<string, string>>;
}

/** The change that a plan makes to one resource. */
export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  /** As in `['delete', 'create']`. */
  readonly actions: readonly string[];
  /** Its arguments now, and after the plan; missing where it is not there. What the plan leaves open is an `UnknownValue`. */
  readonly before?: Arguments;
  readonly after?: Arguments;
  /** The id under which it is taken over; missing where the state has it, or where it is made. */
  readonly importing?: string;
}

/** A value that the stack hands out. */
export interface StackOutput {
  readonly name: string;
  readonly value: unknown;
  readonly isSensitive: boolean;
}

/** A stack, as far as it is read here: the one model that rules and readers of policies look at. */
export interface StackDocument {
  readonly source: 'synthesized-stack' | 'plan' | 'both';
  readonly resources: readonly StackResource[];
  readonly provider: Arguments;
  readonly outputs: readonly StackOutput[];
  readonly hasDataSources: boolean;
  /** Missing where the input does not say, as a plan never does. */
  readonly backend?: Backend;
  /** Whether the input shows `lifecycle` and the like, which a plan never does. */
  readonly showsMetaArguments: boolean;
  readonly changes: readonly PlannedChange[];
  /** Existing things that are taken over; a plan shows them while its state does not have them yet. */
  readonly imports: readonly StackImport[];
  /** Places of everything that a plan found in the state; missing where there is no plan. */
  readonly standing?: readonly Whereabouts[];
  /** The resources that a plan found, as a stack; missing where there is no plan. */
  readonly before?: StackDocument;
  /** Problems of the input as a whole, in one sentence each. */
  readonly doubts: readonly string[];
  /** Where a plan and the synthesized stack say different things. */
  readonly contradictions: readonly string[];
}

/**
 * Reads the text of a `cdk.tf.json`.
 *
 * @param file - how to call the stack in a message
 * @throws {ToolkitError} `BrokenJson`; `BadStack`
 */
export function parseStackDocument(text: string, file: string): StackDocument {
  return readStackDocument(parseJson(text, file), file);
}

/** @throws {ToolkitError} `BadStack` */
export function readStackDocument(document: unknown, file: string): StackDocument {
  const stack = requireObject(document, file);
  const { aws, ...others } = joinedBlock(stack.provider ?? {}, `${file}: 'provider'`);
  // Terraform takes a list of one and the one for the same.
  const providers = [aws ?? []].flat();
  if (providers.length !== 1) {
    throw badStack(`${file}: 'provider.aws'`, 'must be one provider', aws);
  }
  const terraform = joinedBlock(stack.terraform ?? {}, `${file}: 'terraform'`);
  const resources = labelledIn(stack.resource ?? {}, `${file}: 'resource'`).flatMap(([type, named]) => {
    requireType(type, `${file}: 'resource'`);
    return labelledIn(named, type).flatMap(([name, given]) => readResource(type, name, soleBlock(given)));
  });
  requireOnce(
    resources.map(({ address }) => address),
    file,
  );
  const imports = readImports(stack);
  return {
    source: 'synthesized-stack',
    resources,
    imports,
    provider: readProviderBlock(providers[0], `${file}: 'provider.aws'`),
    outputs: labelledIn(stack.output ?? {}, `${file}: 'output'`).map(([name, given]) => {
      const { value, sensitive } = requireObject(soleBlock(given), `'output.${name}'`);
      return { name, value: withPlainReferences(value), isSensitive: sensitive === true };
    }),
    hasDataSources: labelledIn(stack.data ?? {}, `${file}: 'data'`).length > 0,
    backend: readBackend(terraform),
    showsMetaArguments: true,
    changes: [],
    doubts: [
      ...unreadBlocks(stack),
      ...removalDoubts(stack),
      ...importDoubts(stack, resources),
      ...terraformDoubts(terraform),
      ...fileDoubts(stack),
      ...Object.keys(others).map((name) => `the stack configures the provider '${name}', which is not known here`),
    ],
    contradictions: [],
  };
}

/** Blocks of which something is read; `data` is a doubt of its own. */
const READ_BLOCKS: readonly string[] = [
  ...['//', 'data', 'import', 'output', 'provider', 'removed', 'resource', 'terraform'],
];

/** A key that is let go stays in AWS, and nobody's access with it; anything else could go on to give or refuse access. */
const MAY_BE_LET_GO = /^aws_kms_(alias|key)\.[\w-]+$/;

function removalDoubts({ removed = [] }: Arguments): readonly string[] {
  const blocks = (Array.isArray(removed) ? removed : [removed]).map((one) => requireObject(one, "'removed'"));
  return blocks
    .filter(({ from, lifecycle, '//': _comment, ...more }) => {
      const { destroy, ...others } = requireObject(lifecycle ?? {}, "'removed.lifecycle'");
      const saysMore = Object.keys({ ...more, ...others }).length > 0;
      return saysMore || destroy !== false || !MAY_BE_LET_GO.test(String(from));
    })
    .map(({ from }) => `the stack has 'removed' for ${JSON.stringify(from)}, of which nothing more is read`);
}

function fileDoubts(stack: Arguments): readonly string[] {
  return [...new Set(machineReads(stack))].map((call) => `the stack reads ${call} where Terraform runs`);
}

/** Modules, variables and whatever else says things that are not read here. */
function unreadBlocks(stack: Arguments): readonly string[] {
  const unread = Object.keys(stack).filter((name) => !READ_BLOCKS.includes(name) && !isEmpty(stack[name]));
  return unread.map((name) => `the stack has '${name}', which is not read`);
}

function isEmpty(block: unknown): boolean {
  if (Array.isArray(block)) return block.every(isEmpty);
  return typeof block === 'object' && (block === null || Object.keys(block).length === 0);
}

/** @throws {ToolkitError} `BrokenJson`; `BadStack`, for a name that stands twice in an object, or too many levels */
export function parseJson(text: string, file: string): unknown {
  const document = parse(text, file);
  const problem = findShapeProblem(text);
  if (problem !== undefined) throw badStack(`'${file}'`, problem.rule, problem.got);
  return document;
}

function parse(text: string, file: string): unknown {
  try {
    // PowerShell begins UTF-8 with a mark, which is no JSON.
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch (cause) {
    throw new ToolkitError('BrokenJson', `'${file}' must be a JSON document, got: ${(cause as Error).message}`, {
      cause,
    });
  }
}
