/** What every answer says of who gave it; the number counts what the simulated account can do. */
export const SERVER_NAME = 'SimulatedAWS/1 (vault-backup-environment)';
