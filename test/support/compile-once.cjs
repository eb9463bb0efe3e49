const vm = require('node:vm');

/*
 * Each file of tests has modules of its own, and jest compiles all of them anew for it, which takes 40 % of loading them.
 * Here a worker compiles a text once, and hands V8 its own result for the next file.
 */
const { compileFunction } = vm;
const compiled = new Map();

vm.compileFunction = (code, parameters, options) => {
  const known = compiled.get(options?.filename);
  if (known?.code === code) return compileFunction(code, parameters, { ...options, cachedData: known.cachedData });
  const result = compileFunction(code, parameters, { ...options, produceCachedData: true });
  // A copy of this worker's own: V8's belongs to the file's realm, and would keep all of it.
  compiled.set(options?.filename, { code, cachedData: Buffer.from(result.cachedData) });
  return result;
};
