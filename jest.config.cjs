// As the command does it: scripts/vault-env.cjs.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const inNode = {
  testEnvironment: '<rootDir>/test/support/compile-once.cjs',
  transform: { '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' } }] },
};
const findProvider = '<rootDir>/test/e2e/find-provider.ts';

// A tenth of the runs of each property in `npm test`, all of them in the thorough tests.
const propertyTests = [
  'test/audit/proofs-by-shape.test.ts',
  'test/audit/trust-judges.test.ts',
  'test/catalogue/validate-policy.test.ts',
  'test/iam/properties.test.ts',
  'test/simulated-aws/fuzz.test.ts',
  'test/simulated-aws/rolesanywhere/hostile-clients.test.ts',
  'test/simulated-aws/s3/listing.test.ts',
  'test/simulated-aws/s3/spellings.test.ts',
];

/** @type {import('jest').Config} */
module.exports = {
  randomize: true,
  // A busy machine is no failure; what hangs still ends.
  testTimeout: 300_000,
  // A worker for each file of end-to-end tests, which mostly wait for Terraform, and one for the others.
  maxWorkers: 3,
  // On a busy machine a worker with nothing left to do takes longer than half a second to end; one that leaks is still told.
  workerGracefulExitTimeout: 10_000,
  testSequencer: '<rootDir>/test/support/slowest-first.cjs',
  globalSetup: '<rootDir>/test/support/keep-stacks.cjs',
  projects: [
    { displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.test.ts'], globalSetup: findProvider, ...inNode },
    {
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/test/browser/', '/test/clients/', '/test/e2e/', '/test/provider/', '/test/thorough/'],
      globals: { propertyTests: { files: propertyTests, runAll: false } },
      ...inNode,
    },
    // What follows is not part of `npm test`; CI runs all of it in one start. This needs a browser.
    { displayName: 'browser', testMatch: ['<rootDir>/test/browser/**/*.test.ts'], ...inNode },
    // What waits for Terraform for minutes, the guides among it.
    {
      displayName: 'provider',
      testMatch: ['<rootDir>/test/provider/**/*.test.ts'],
      globalSetup: findProvider,
      ...inNode,
    },
    // What computes for minutes: whole tables and properties that `npm test` samples, every fault at every kind of
    // request, processes that are killed.
    {
      displayName: 'thorough',
      testMatch: ['<rootDir>/test/thorough/**/*.test.ts', ...propertyTests.map((file) => `<rootDir>/${file}`)],
      globals: { propertyTests: { files: propertyTests, runAll: true } },
      ...inNode,
    },
    // Programs of others, which CI installs: S3 programs from Debian's packages, checkov from PyPI.
    { displayName: 'clients', testMatch: ['<rootDir>/test/clients/**/*.test.ts'], ...inNode },
  ],
};
