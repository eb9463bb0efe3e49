/** Whether the `Server` header of an answer is that of the simulated account, which says so there. */
export function isSimulatedServer(name: string): boolean {
  return /simulated/i.test(name);
}
