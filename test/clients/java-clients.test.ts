import { type ClientProgram, describeClients } from './describe-client';

const v2 = { also: ['put-if-absent'], checksums: ['CRC32', 'CRC32C', 'SHA1', 'SHA256'] } as const;
const clients = ['apache', 'url-connection', 'netty', 'crt'].map((name) => ({ name, ...v2 }));

const programs: readonly ClientProgram[] = [
  { program: 'java-v2', clients },
  { program: 'java-v2.29', clients },
  { program: 'java-v1', clients: [{ name: 'v1' }] },
];

describeClients(programs);
