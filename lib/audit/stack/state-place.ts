import type { Backend } from './terraform-block';

/** Where a state is: the settings of its backend that name one state and not another, as text. */
export type StatePlace = Readonly<Record<string, string>>;

interface PlaceSettings {
  /** Settings by name; where one is left out, its default counts. */
  readonly names: readonly string[];
  readonly byDefault?: StatePlace;
}

/**
 * The settings that tell two states of one kind apart.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend
 * @see https://developer.hashicorp.com/terraform/language/terraform#terraform-cloud
 */
const PLACES: Readonly<Record<string, PlaceSettings>> = {
  azurerm: { names: ['storage_account_name', 'container_name', 'key'] },
  cloud: { names: ['organization', 'workspace', 'hostname'], byDefault: { hostname: 'app.terraform.io' } },
  gcs: { names: ['bucket', 'prefix'] },
  local: { names: ['path'], byDefault: { path: 'terraform.tfstate' } },
  remote: { names: ['organization', 'workspace', 'hostname'], byDefault: { hostname: 'app.terraform.io' } },
  s3: { names: ['bucket', 'key', 'region'] },
};

/** Empty for a kind of backend that is not known. */
export function statePlaceOf({ type, settings }: Backend): StatePlace {
  const { names, byDefault = {} } = PLACES[type] ?? { names: [] };
  const given = { ...settings, workspace: workspaceIn(settings.workspaces) };
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = textOf(given[name as keyof typeof given]) ?? byDefault[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** By its name, or by what workspaces are chosen by: tags, a project, a prefix. */
function workspaceIn(given: unknown): unknown {
  const one: unknown = Array.isArray(given) ? given[0] : given;
  return typeof one === 'object' && one !== null && 'name' in one ? one.name : one;
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
