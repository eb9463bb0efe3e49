import { ToolkitError } from '../errors';

export type Arguments = Readonly<Record<string, unknown>>;

/** One resource of a synthesized stack. */
export interface StackResource {
  /** As Terraform writes it, as in `aws_s3_bucket.backup`. */
  readonly address: string;
  readonly type: string;
  readonly arguments: Arguments;
}

/** A synthesized stack, as far as it is read here. */
export interface StackDocument {
  readonly resources: readonly StackResource[];
  readonly provider: Arguments;
  readonly outputs: Arguments;
  readonly hasDataSources: boolean;
}

/**
 * Reads the text of a `cdk.tf.json`.
 *
 * @param file - how to call the stack in a message
 * @throws {ToolkitError} `BrokenJson`; `BadStack`
 */
export function parseStackDocument(text: string, file: string): StackDocument {
  const stack = requireObject(parseJson(text, file), file);
  const types = requireObject(stack.resource ?? {}, `${file}: 'resource'`);
  const providers = requireObject(stack.provider ?? {}, `${file}: 'provider'`).aws;
  if (!Array.isArray(providers) || providers.length !== 1) {
    throw badStack(`${file}: 'provider.aws'`, 'must be a list of one provider', providers);
  }
  return {
    resources: Object.entries(types).flatMap(([type, named]) =>
      Object.entries(requireObject(named, type)).map(([name, given]) => readResource(type, name, given)),
    ),
    provider: requireObject(providers[0], `${file}: 'provider.aws'`),
    outputs: requireObject(stack.output ?? {}, `${file}: 'output'`),
    hasDataSources: Object.keys(requireObject(stack.data ?? {}, `${file}: 'data'`)).length > 0,
  };
}

function readResource(type: string, name: string, given: unknown): StackResource {
  const address = `${type}.${name}`;
  return { address, type, arguments: requireObject(given, `'${address}'`) };
}

export function requireObject(value: unknown, subject: string): Arguments {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Arguments;
  throw badStack(subject, 'must be an object', value);
}

export function badStack(subject: string, rule: string, got: unknown): ToolkitError {
  return new ToolkitError('BadStack', `${subject} ${rule}, got: ${JSON.stringify(got) ?? 'nothing'}`);
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ToolkitError('BrokenJson', `'${file}' must be a JSON document, got: ${(cause as Error).message}`, {
      cause,
    });
  }
}
