import { type ClientProgram, describeClients } from './describe-client';

const programs: readonly ClientProgram[] = [
  {
    program: 'go-aws-sdk',
    clients: [
      {
        name: 'go-aws-sdk',
        also: ['put-if-absent', 'wrong-checksum', 'plain-http'],
        checksums: [
          ...['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256', 'SHA512', 'MD5'],
          ...['XXHASH3', 'XXHASH64', 'XXHASH128'],
        ],
      },
    ],
  },
  {
    program: 'go-minio',
    clients: [
      { name: 'go-minio', also: ['put-if-absent'], checksums: ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] },
    ],
    chains: ['metadata', 'profile'],
  },
  {
    program: 'go-gocloud',
    clients: [
      {
        name: 'go-gocloud',
        also: ['put-if-absent'],
        lacks: [
          'list-versions',
          'delete-batch',
          'read-version',
          'delete-version',
          'acl',
          'tagging',
          'wrong-encryption',
          'customer-key',
          'bucket-policy',
          'list-buckets',
        ],
      },
    ],
  },
];

describeClients(programs);
