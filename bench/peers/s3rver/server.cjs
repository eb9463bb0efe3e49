// Starts s3rver on a free port and a folder of its own, and tells the bench where it is.
const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const S3rver = require('s3rver');

const directory = mkdtempSync(join(tmpdir(), 's3rver-'));
new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory }).run().then(({ port }) =>
  process.send({
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    directory,
  }),
);
process.on('message', () => process.send(process.memoryUsage()));
process.once('disconnect', () => process.exit());
