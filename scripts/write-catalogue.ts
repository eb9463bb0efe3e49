import { writeFileSync } from 'node:fs';
import { PREPARED_FILE, prepareCatalogue } from '../lib/catalogue/prepare';

async function main(): Promise<void> {
  writeFileSync(PREPARED_FILE, await prepareCatalogue());
}

void main();
