import { type ClientProgram, describeClients } from './describe-client';

/** The algorithms that the version computes. */
const of229 = ['CRC32', 'CRC32C', 'SHA1', 'SHA256'];
const ofToday = [...of229, 'CRC64NVME', 'SHA512', 'XXHASH3', 'XXHASH64', 'XXHASH128'];

const clientsWith = (checksums: readonly string[]) =>
  ['apache', 'url-connection', 'netty', 'crt'].map((name) => ({ name, also: ['put-if-absent'], checksums }) as const);

const programs: readonly ClientProgram[] = [
  { program: 'java-v2', clients: clientsWith(ofToday) },
  { program: 'java-v2.29', clients: clientsWith(of229) },
  { program: 'java-v1', clients: [{ name: 'v1' }] },
];

describeClients(programs);
