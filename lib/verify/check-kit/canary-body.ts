/** The content of a canary object: it says who wrote it, for whoever finds one. */
export function canaryBody(runId: string, part = 1): Uint8Array {
  return Buffer.from(`vault-env verify ${runId} part ${part}\n`);
}
