import type { Tool } from '../lib/tool';
import { name, version } from '../package.json';
import { commitOf } from './commit';

let known: Tool | undefined;

/** The version and commit that judge. */
export function toolOf(root: string): Tool {
  known ??= withCommit(commitOf(root));
  return known;
}

/** Spares a thread the question that its process has asked. */
export function knowTool(tool: Tool): void {
  known ??= tool;
}

function withCommit(commit: string | undefined): Tool {
  return { name, version, ...(commit !== undefined && { commit }) };
}
