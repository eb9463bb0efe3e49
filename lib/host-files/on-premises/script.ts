import { PLACES } from './places';

/** How a script says no. */
export const REFUSE = `refuse() { echo "$0: $1" >&2; exit 1; }`;

/** The beginning of a script for the folder on the host. */
export function atFolder(does: string): string {
  return `#!/bin/sh
# ${does}
set -eu
folder=\${VAULT_BACKUP_FOLDER:-${PLACES.folder}}
`;
}
