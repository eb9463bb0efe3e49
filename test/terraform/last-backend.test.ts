import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastBackend } from '../../lib/terraform';
import { removeFolders, temporaryFolder } from './fake-terraform';

afterAll(removeFolders);

const WRITTEN = '{"version":3,"backend":{"type":"s3","config":{"bucket":"acme-state","profile":null},"hash":1}}';
const READ = { type: 's3', settings: { bucket: 'acme-state', profile: null } };

function folderWith(text: string, data = '.terraform'): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, data));
  writeFileSync(join(folder, data, 'terraform.tfstate'), text);
  return folder;
}

describe('the backend that Terraform last worked with', () => {
  test('is read from where Terraform writes it', () => {
    expect(lastBackend(folderWith(WRITTEN), {})).toEqual(READ);
  });

  test('is read in the folder that TF_DATA_DIR names', () => {
    expect(lastBackend(folderWith(WRITTEN, 'data'), { TF_DATA_DIR: 'data' })).toEqual(READ);
  });

  test.each(['', '[]', 'null', '{"backend":null}', '{"backend":{"type":"s3"}}', '{"version":3}'])(
    'is not known from %j',
    (text) => {
      expect(lastBackend(folderWith(text), {})).toBeUndefined();
    },
  );

  test('is not known where Terraform never worked', () => {
    expect(lastBackend(temporaryFolder(), {})).toBeUndefined();
  });
});
