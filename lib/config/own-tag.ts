/** The tag that every resource carries; its value is the environment's name. */
export const OWN_TAG = 'vault-backup-environment';
