import { timeOnDemand } from './time-on-demand';

void timeOnDemand(async (load) => {
  const { loadCatalogue } = load<typeof import('../../lib/catalogue')>('lib/catalogue/index');
  return loadCatalogue;
}, 0);
