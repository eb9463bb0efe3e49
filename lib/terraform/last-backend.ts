import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseStrictJson } from '../json-shape';
import type { ProcessEnvironment } from '../process-environment';

/** Where Terraform keeps a state: the kind of backend, and its settings as Terraform wrote them down. */
export interface LastBackend {
  readonly type: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * The backend that the last `terraform init` in a folder left behind.
 *
 * @returns `undefined` where there was none, or Terraform's own file says nothing that can be read
 * @see https://developer.hashicorp.com/terraform/language/backend
 */
export function lastBackend(folder: string, env: ProcessEnvironment): LastBackend | undefined {
  const file = join(resolve(folder, env.TF_DATA_DIR || '.terraform'), 'terraform.tfstate');
  if (!existsSync(file)) return undefined;
  const { backend } = readObject(readFileSync(file, 'utf8'));
  if (typeof backend !== 'object' || backend === null) return undefined;
  const { type, config } = backend as { readonly type?: unknown; readonly config?: unknown };
  if (typeof type !== 'string' || typeof config !== 'object' || config === null) return undefined;
  return { type, settings: config as LastBackend['settings'] };
}

function readObject(text: string): { readonly backend?: unknown } {
  try {
    const value: unknown = parseStrictJson(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
