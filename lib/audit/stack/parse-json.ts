import { ToolkitError } from '../../errors';
import { findShapeProblem } from '../../json-shape';
import { badStack } from './arguments';

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
