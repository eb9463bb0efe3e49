/** The content of a canary object: it says who wrote it, for whoever finds one. */
export function canaryBody(runId: string, sizeBytes?: number, part = 1): Uint8Array {
  const text = `vault-env verify ${runId} part ${part}\n`;
  return sizeBytes === undefined ? Buffer.from(text) : Buffer.alloc(sizeBytes, text);
}
