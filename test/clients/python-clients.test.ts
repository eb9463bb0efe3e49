import { join } from 'node:path';
import { type ClientProgram, describeClients } from './describe-client';

const source = (name: string) => [join(__dirname, 'python', name)];

const checksums = [
  ...['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256', 'SHA512'],
  ...['XXHASH3', 'XXHASH64', 'XXHASH128'],
];
const boto3 = { also: ['waiter', 'put-if-absent', 'wrong-checksum', 'plain-http'], checksums } as const;

const programs: readonly ClientProgram[] = [
  {
    program: 'python-clients',
    args: source('boto3_clients.py'),
    clients: [
      { name: 'boto3', ...boto3 },
      { name: 'boto3-crt', ...boto3 },
    ],
  },
  {
    program: 'python-clients',
    args: source('minio_client.py'),
    clients: [{ name: 'minio-python' }],
    chains: ['metadata', 'profile'],
  },
  {
    program: 'python-clients',
    args: source('pyarrow_client.py'),
    clients: [
      {
        name: 'pyarrow',
        lacks: [
          'list-versions',
          'slashes d//x',
          'slashes /lead',
          'slashes trail/',
          'presigned',
          'read-version',
          'delete-version',
          'tagging',
          'wrong-encryption',
          'customer-key',
          'bucket-policy',
        ],
      },
    ],
  },
  { program: 'python-s3fs', args: source('s3fs_client.py'), clients: [{ name: 's3fs', also: ['put-if-absent'] }] },
];

describeClients(programs);
