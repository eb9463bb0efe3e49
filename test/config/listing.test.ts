import { inShard, type ListedEnvironment, type ListingFormat, renderListing } from '../../lib/config/listing';

const FLEET: readonly ListedEnvironment[] = [
  {
    name: 'acme',
    account: '111122223333',
    region: 'us-east-2',
    bucket: 'acme-vault',
    encryption: 'AES-256',
    host: 'ec2',
    isSynthesized: true,
    isEmitted: true,
    verification: { verdict: 'pass' },
  },
  { name: 'zenith', problem: "must have a 'bucket'", isSynthesized: false, isEmitted: false },
];

const placeOf = (name: string) => ({ stackFolder: `out/${name}`, madeFrom: [`../../${name}.yaml`] });

test.each<[ListingFormat, string]>([
  ['names', 'acme\nzenith\n'],
  ['github-matrix', '{"environment":["acme","zenith"]}\n'],
  ['gitlab', 'parallel:\n  matrix:\n    - ENVIRONMENT: ["acme","zenith"]\n'],
  [
    'atlantis',
    `version: 3
projects:
  - name: "acme"
    dir: "out/acme"
    autoplan:
      when_modified: ["../../acme.yaml"]
  - name: "zenith"
    dir: "out/zenith"
    autoplan:
      when_modified: ["../../zenith.yaml"]
`,
  ],
  [
    'text',
    `environment  account       region     bucket      encryption  host  state
acme         111122223333  us-east-2  acme-vault  AES-256     ec2   verify: pass
zenith       must have a 'bucket'
`,
  ],
])('a fleet as %s', (format, text) => {
  expect(renderListing(FLEET, format, { columns: 80, place: placeOf })).toBe(text);
});

test('a fleet as JSON is the whole list', () => {
  expect(JSON.parse(renderListing(FLEET, 'json', { columns: 80, place: placeOf }))).toEqual({
    version: 1,
    environments: FLEET,
  });
});

test.each([1, 2, 3, 7])('every name is in exactly one of %d shards', (count) => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const shards = Array.from({ length: count }, (_, index) => inShard(names, { index: index + 1, count }));
  expect(shards.flat().sort()).toEqual(names);
});
