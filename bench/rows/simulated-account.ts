import { randomBytes } from 'node:crypto';
import { BenchClient } from '../peers/s3-client';
import { type S3Server, startSimulatedAccountServer, tryStartS3rver } from '../peers/s3-server';
import { type BenchRow, median } from '../row';

const ROUNDS = 5;
const SMALL = Buffer.alloc(1024, 'a');
const CONCURRENT = 8;
const BATCH = 200;
const LISTED_KEYS = 10_000;
const STORED_MIB = 256;
const PARTS = 8;
const PART = Buffer.alloc(8 * 2 ** 20, 'b');
const TOTAL_MIB = (PARTS * PART.length) / 2 ** 20;

/** Something that is measured: one call does so many of its units. */
interface Measure {
  readonly title: string;
  readonly unit: string;
  readonly units: number;
  readonly run: (client: BenchClient) => Promise<void>;
}

const MEASURES: readonly Measure[] = [
  {
    title: 'put 1 KiB',
    unit: '/s',
    units: BATCH,
    run: (client) => inTurns(BATCH, (index) => putSmall(client, `small/${index}`)),
  },
  {
    title: 'get 1 KiB',
    unit: '/s',
    units: BATCH,
    run: (client) =>
      inTurns(BATCH, async (index) => void (await client.send({ method: 'GET', path: `/bench/small/${index}` }))),
  },
  { title: `list ${LISTED_KEYS.toLocaleString('en')} keys`, unit: 'lists/s', units: 1, run: listAll },
  { title: `multipart put ${TOTAL_MIB} MiB`, unit: 'MB/s', units: TOTAL_MIB * 1.048576, run: putParts },
  {
    title: `get ${TOTAL_MIB} MiB`,
    unit: 'MB/s',
    units: TOTAL_MIB * 1.048576,
    run: async (client) => void (await client.send({ method: 'GET', path: '/bench/large' })),
  },
];

async function putSmall(client: BenchClient, key: string): Promise<void> {
  await client.send({ method: 'PUT', path: `/bench/${key}`, body: SMALL });
}

async function listAll(client: BenchClient): Promise<void> {
  let token = '';
  let keys = 0;
  do {
    const query = `${token === '' ? '' : `continuation-token=${encodeURIComponent(token)}&`}list-type=2`;
    const text = (await client.send({ method: 'GET', path: '/listed', query })).body.toString();
    keys += text.split('<Key>').length - 1;
    token = /<NextContinuationToken>([^<]*)</.exec(text)?.[1] ?? '';
  } while (token !== '');
  if (keys !== LISTED_KEYS) throw new Error(`${keys} keys were listed`);
}

async function putParts(client: BenchClient): Promise<void> {
  const path = '/bench/large';
  const started = (await client.send({ method: 'POST', path, query: 'uploads=' })).body.toString();
  const id = encodeURIComponent(/<UploadId>([^<]*)</.exec(started)?.[1] ?? '');
  const etags: unknown[] = [];
  await inTurns(PARTS, async (index) => {
    const query = `partNumber=${index + 1}&uploadId=${id}`;
    etags[index] = (await client.send({ method: 'PUT', path, query, body: PART })).headers.etag;
  });
  const parts = etags.map((etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag}</ETag></Part>`);
  const body = Buffer.from(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`);
  await client.send({ method: 'POST', path, query: `uploadId=${id}`, body });
}

/** A number of calls, some at a time. */
async function inTurns(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const takeTurns = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: CONCURRENT }, takeTurns));
}

/** A server, and the client that speaks to it. */
interface Contestant {
  readonly server: S3Server;
  readonly client: BenchClient;
}

async function prepare({ client }: Contestant): Promise<void> {
  for (const bucket of ['/bench', '/listed']) await client.send({ method: 'PUT', path: bucket });
  await inTurns(LISTED_KEYS, async (index) => {
    await client.send({ method: 'PUT', path: `/listed/key-${String(index).padStart(6, '0')}`, body: Buffer.from('x') });
  });
}

/** The rates of each server in each round; they take turns, so that a busy machine hits all alike. */
async function measure({ run, units }: Measure, contestants: readonly Contestant[]): Promise<readonly number[][]> {
  const rates = contestants.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [index, { client }] of contestants.entries()) {
      const startMs = performance.now();
      await run(client);
      const isWarmUp = round === 0;
      if (!isWarmUp) rates[index]?.push((units * 1000) / (performance.now() - startMs));
    }
  }
  return rates;
}

/** Resident MiB that one MiB of objects takes in a fresh server, which has no freed memory to put them in. */
async function measureMemory({ server, client }: Contestant): Promise<number> {
  await client.send({ method: 'PUT', path: '/stored' });
  const before = await server.memoryMib();
  await inTurns(STORED_MIB, async (index) => {
    await client.send({ method: 'PUT', path: `/stored/${index}`, body: randomBytes(2 ** 20) });
  });
  return ((await server.memoryMib()) - before) / STORED_MIB;
}

/** The simulated account, which checks signatures, sums and policies, beside s3rver, which has no policies. */
export async function simulatedAccountRows(): Promise<readonly BenchRow[]> {
  const s3rver = await tryStartS3rver();
  const servers = [await startSimulatedAccountServer(), ...(s3rver === undefined ? [] : [s3rver])];
  const contestants = servers.map((server) => ({
    server,
    client: new BenchClient(server.endpoint, server.credentials),
  }));
  try {
    const [ours] = contestants as [Contestant];
    const rows: BenchRow[] = [
      { title: 'simulated account ready', value: ours.server.readyMs ?? Number.NaN, unit: 'ms', ratios: [] },
      { title: 'memory per stored MiB', value: await measureMemory(ours), unit: 'MiB', ratios: [] },
    ];
    for (const contestant of contestants) await prepare(contestant);
    for (const one of MEASURES) rows.push(rowOf(one, await measure(one, contestants)));
    return rows;
  } finally {
    for (const { client } of contestants) client.close();
    for (const { stop } of servers) stop();
  }
}

function rowOf({ title, unit }: Measure, [ours = [], theirs = []]: readonly number[][]): BenchRow {
  const ratios = theirs.map((rate, round) => (ours[round] ?? Number.NaN) / rate);
  const beside = theirs.length === 0 ? {} : { beside: 's3rver' };
  return { title, value: median(ours), unit, ratios, ...beside, goal: { atLeast: 1 } };
}
