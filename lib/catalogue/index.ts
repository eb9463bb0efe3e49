export type * from './catalogue';
export { loadCatalogue, loadConditionKeys, loadServices } from './load-catalogue';
