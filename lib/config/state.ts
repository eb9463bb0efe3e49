import type { Environment } from './environment';

/** Where Terraform keeps the state of one environment, every default filled in. */
export type State =
  | { readonly kind: 'local' }
  | {
      readonly kind: 's3';
      readonly bucket: string;
      readonly key: string;
      readonly region: string;
      readonly kmsKey?: string;
    }
  | { readonly kind: 'cloud'; readonly organization: string; readonly workspace: string; readonly hostname?: string };

/** HCP Terraform, where a file names no host. */
const DEFAULT_HOST = 'app.terraform.io';

/** The state of an environment; what its file leaves out follows from its name and region. */
export function stateOf({ name, region, state = {} }: Pick<Environment, 'name' | 'region' | 'state'>): State {
  const { s3, cloud } = state;
  if (s3 !== undefined) {
    const { prefix = '', key = `${prefix}${name}.tfstate`, kmsKey } = s3;
    return { kind: 's3', bucket: s3.bucket, key, region: s3.region ?? region, ...(kmsKey && { kmsKey }) };
  }
  if (cloud === undefined) return { kind: 'local' };
  const { organization, workspace = `vault-backup-${name}`, hostname } = cloud;
  return { kind: 'cloud', organization, workspace, ...(hostname && { hostname }) };
}

/** One text for each place that a state can be in; undefined for a local file, which carries the environment's name. */
export function stateAddress(state: State): string | undefined {
  if (state.kind === 's3') return `s3://${state.bucket}/${state.key}`;
  if (state.kind === 'local') return undefined;
  return `https://${state.hostname ?? DEFAULT_HOST}/app/${state.organization}/workspaces/${state.workspace}`;
}
