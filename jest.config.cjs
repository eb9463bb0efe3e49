// As the command does it: scripts/vault-env.cjs.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const inNode = {
  testEnvironment: '<rootDir>/test/support/test-environment.cjs',
  transform: { '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' } }] },
};
const findProvider = '<rootDir>/test/e2e/find-provider.ts';

// A tenth of the properties in `npm test`, with a tenth of the runs of each; all of them in the thorough tests.
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

// A tenth of the rows of each table in `npm test`, the others in the thorough tests; EVERY_ROW=yes runs all.
const sampledTables = [
  'test/aws/no-credentials.test.ts',
  'test/json/tool-output.test.ts',
  'test/scripts/start.test.ts',
  'test/simulated-aws/iam/iam.test.ts',
  'test/simulated-aws/operations/iam.test.ts',
  'test/simulated-aws/operations/kms.test.ts',
  'test/simulated-aws/s3/objects.test.ts',
  'test/simulated-aws/s3/operations/operations.test.ts',
  'test/simulated-aws/sts/assume-role.test.ts',
  'test/stacks/synthesize-by-shape.test.ts',
];

// Files of which every test counts as such a row, as each audits, verifies, or starts processes.
const sampledFiles = [
  'test/adoption/adoption.test.ts',
  'test/adoption/foreign-role.test.ts',
  'test/audit/account-base.test.ts',
  'test/audit/alike-questions.test.ts',
  'test/audit/baseline-losses.test.ts',
  'test/audit/foreign-role.test.ts',
  'test/audit/hand-written.test.ts',
  'test/audit/host-edits.test.ts',
  'test/audit/kept-statements.test.ts',
  'test/audit/on-premises.test.ts',
  'test/audit/permission-proof.test.ts',
  'test/audit/plans.test.ts',
  'test/audit/proof-shortcuts.test.ts',
  'test/audit/reports/formats.test.ts',
  'test/audit/slips.test.ts',
  'test/audit/spared-callers.test.ts',
  'test/audit/waivers.test.ts',
  'test/aws/what-exists.test.ts',
  'test/catalogue/prepared-file.test.ts',
  'test/doctor/examine.test.ts',
  'test/evidence/evidence.test.ts',
  'test/iam/large-policies.test.ts',
  'test/rehearsal/host-with-certificate.test.ts',
  'test/scripts/audit-evidence.test.ts',
  'test/scripts/audit.test.ts',
  'test/scripts/columns.test.ts',
  'test/scripts/documents.test.ts',
  'test/scripts/existing-things.test.ts',
  'test/scripts/explain-and-prove.test.ts',
  'test/scripts/first-words.test.ts',
  'test/scripts/main.test.ts',
  'test/scripts/many.test.ts',
  'test/scripts/sbom.test.ts',
  'test/scripts/simulate.test.ts',
  'test/scripts/stopped.test.ts',
  'test/scripts/verify-on-host.test.ts',
  'test/simulate-command/hosts.test.ts',
  'test/simulated-aws/accounts.test.ts',
  'test/simulated-aws/rolesanywhere/create-session.test.ts',
  'test/synthesis/synthesize.test.ts',
  'test/terraform/terraform.test.ts',
  'test/verify/certificate-host.test.ts',
  'test/verify/foreign-role.test.ts',
  'test/verify/object-lock.test.ts',
  'test/verify/operator/existing-role.test.ts',
  'test/verify/operator/operator.test.ts',
  'test/verify/simulated-account.test.ts',
  'test/verify/strange-servers.test.ts',
  'test/verify/time.test.ts',
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
      globals: {
        propertyTests: { files: propertyTests, runAll: false },
        sampled: { tables: sampledTables, files: [...sampledFiles, ...propertyTests], isSample: true },
      },
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
      testMatch: [
        '<rootDir>/test/thorough/**/*.test.ts',
        ...[...propertyTests, ...sampledTables, ...sampledFiles].map((file) => `<rootDir>/${file}`),
      ],
      globals: {
        propertyTests: { files: propertyTests, runAll: true },
        sampled: { tables: sampledTables, files: sampledFiles, isSample: false },
      },
      ...inNode,
    },
    // Programs of others, which CI installs: S3 programs from Debian's packages, checkov from PyPI.
    { displayName: 'clients', testMatch: ['<rootDir>/test/clients/**/*.test.ts'], ...inNode },
  ],
};
