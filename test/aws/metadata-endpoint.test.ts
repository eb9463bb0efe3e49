import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metadataEndpoint } from '../../lib/aws/credentials/metadata-endpoint';

const saved = { ...process.env };
const folder = mkdtempSync(join(tmpdir(), 'metadata-endpoint-'));

afterEach(() => {
  process.env = saved;
});

afterAll(() => rmSync(folder, { recursive: true }));

test.each<{ where: string; variables?: Record<string, string>; config?: string; endpoint: string }>([
  { where: 'EC2 has it', endpoint: 'http://169.254.169.254' },
  {
    where: 'a variable says',
    variables: { AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://127.0.0.1:9911' },
    config: 'ec2_metadata_service_endpoint = http://127.0.0.1:1',
    endpoint: 'http://127.0.0.1:9911',
  },
  {
    where: 'the shared config says',
    config: 'ec2_metadata_service_endpoint = http://127.0.0.1:9912',
    endpoint: 'http://127.0.0.1:9912',
  },
  {
    where: 'it is in IPv6, by a variable',
    variables: { AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: 'IPv6' },
    endpoint: 'http://[fd00:ec2::254]',
  },
  {
    where: 'it is in IPv6, by the shared config',
    config: 'ec2_metadata_service_endpoint_mode = IPv6',
    endpoint: 'http://[fd00:ec2::254]',
  },
  {
    where: 'EC2 has it, whatever a wrong mode says',
    config: 'ec2_metadata_service_endpoint_mode = IPv5',
    endpoint: 'http://169.254.169.254',
  },
])('the metadata service is looked for where $where', async ({ where, variables = {}, config = '', endpoint }) => {
  const file = join(folder, where.replaceAll(/\W/g, '-'));
  writeFileSync(file, `[default]\n${config}\n`);
  process.env = { PATH: saved.PATH, AWS_CONFIG_FILE: file, AWS_SHARED_CREDENTIALS_FILE: '/nonexistent', ...variables };
  expect(await metadataEndpoint(process.env)).toBe(endpoint);
});
