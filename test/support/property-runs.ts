/** Settings of the tests of properties, from `jest.config.cjs`. */
declare const propertyTests: { readonly files: readonly string[]; readonly runAll: boolean };

/**
 * Runs of a property: all in the thorough tests, a tenth in `npm test`.
 *
 * @throws {Error} for a file that the thorough tests would leave out
 */
export function runsOf(all: number): number {
  const { files, runAll } = propertyTests;
  const path = expect.getState().testPath ?? '';
  if (!files.some((file) => path.endsWith(file))) throw new Error(`${path} is not among the propertyTests of jest`);
  return runAll ? all : Math.ceil(all / 10);
}
