const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** A folder for what this run of jest makes once, stacks above all: one for all its processes. CI names one that it looks at later. */
module.exports = () => {
  if (process.env.VAULT_ENV_TEST_STACKS) return;
  const folder = mkdtempSync(join(tmpdir(), 'stacks-'));
  process.env.VAULT_ENV_TEST_STACKS = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
};
