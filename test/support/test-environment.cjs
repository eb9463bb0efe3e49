const { TestEnvironment } = require('jest-environment-node');
require('./compile-once.cjs');
const { endStores } = require('./end-stores.cjs');
const { keepShare } = require('./share-of-rows.cjs');

/** Node, in which modules are compiled once, and a file that `jest.config.cjs` lists keeps its share of tests. */
module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    const { tables = [], files = [], isSample } = config.projectConfig.globals.sampled ?? {};
    const isAmong = (list) => list.some((file) => context.testPath.endsWith(file));
    this.share = isAmong([...tables, ...files]) ? { isSample, areAllRows: isAmong(files) } : undefined;
  }

  async teardown() {
    endStores();
    await super.teardown();
  }

  handleTestEvent({ name }, { rootDescribeBlock, testNamePattern }) {
    if (name !== 'run_start' || testNamePattern || process.env.EVERY_ROW) return;
    if (this.share !== undefined) keepShare(rootDescribeBlock, this.share);
  }
};
