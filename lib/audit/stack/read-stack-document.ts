import { type Arguments, badStack, requireObject } from './arguments';
import { joinedBlock, labelledIn, requireOnce, soleBlock } from './labelled-blocks';
import { machineReads } from './machine-reads';
import { parseJson } from './parse-json';
import type { StackDocument, StackOutput, StackResource } from './stack-document';
import { importDoubts, readImports } from './stack-imports';
import { readBackend, terraformDoubts } from './terraform-block';
import { requireType } from './terraform-type';
import { readProviderBlock, readResource, withPlainReferences } from './written-blocks';

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
  const provider = soleProvider(aws, file);
  const terraform = joinedBlock(stack.terraform ?? {}, `${file}: 'terraform'`);
  const resources = resourcesIn(stack, file);
  const imports = readImports(stack);
  return {
    source: 'synthesized-stack',
    resources,
    imports,
    provider,
    outputs: outputsIn(stack, file),
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

/** Terraform takes a list of one and the one for the same. */
function soleProvider(aws: unknown, file: string): Arguments {
  const providers = [aws ?? []].flat();
  if (providers.length !== 1) throw badStack(`${file}: 'provider.aws'`, 'must be one provider', aws);
  return readProviderBlock(providers[0], `${file}: 'provider.aws'`);
}

function resourcesIn(stack: Arguments, file: string): readonly StackResource[] {
  const resources = labelledIn(stack.resource ?? {}, `${file}: 'resource'`).flatMap(([type, named]) => {
    requireType(type, `${file}: 'resource'`);
    return labelledIn(named, type).flatMap(([name, given]) => readResource(type, name, soleBlock(given)));
  });
  const addresses = resources.map(({ address }) => address);
  requireOnce(addresses, file);
  return resources;
}

function outputsIn(stack: Arguments, file: string): readonly StackOutput[] {
  return labelledIn(stack.output ?? {}, `${file}: 'output'`).map(([name, given]) => {
    const { value, sensitive } = requireObject(soleBlock(given), `'output.${name}'`);
    return { name, value: withPlainReferences(value), isSensitive: sensitive === true };
  });
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
