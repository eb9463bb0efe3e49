import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const REGIONS = ['us-east-2', 'eu-west-1', 'us-west-2'];

/** Environment files of a fleet: both methods, several regions and accounts. */
export function writeFleet(folder: string, environments: number): void {
  mkdirSync(folder);
  for (let index = 0; index < environments; index++) {
    const number = String(index).padStart(4, '0');
    const text = [
      `label: Fleet ${number}`,
      `account: "1111222200${String(index % 40).padStart(2, '0')}"`,
      `region: ${REGIONS[index % REGIONS.length]}`,
      `bucket: fleet-vault-${number}`,
      'encryption:',
      `  method: ${index % 2 === 0 ? 'AES-256' : 'AWS-KMS'}`,
      'host:',
      '  kind: ec2',
      'accessLog:',
      `  bucket: logs-${index % 40}`,
    ];
    writeFileSync(join(folder, `fleet-${number}.yaml`), `${text.join('\n')}\n`);
  }
}
