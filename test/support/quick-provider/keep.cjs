'use strict';

/*
 * Stands in the place of the AWS provider in all tests of a run: starting it costs half a second of CPU, and a command of
 * Terraform starts it up to three times.
 *
 * 1. Terraform starts the script of `quick-mirror.ts`. It connects to here, and says where and with which variables.
 * 2. `serve.cjs` opens a port for this one start, and the script tells Terraform about it.
 * 3. The first call that is about a resource borrows a provider from `pool.cjs`, which another start gave back.
 * 4. Terraform shuts its provider down: the borrowed one is given back, and the script ends.
 *
 * It ends with whoever holds the other end of standard input.
 */

const net = require('node:net');
const { serve } = require('./serve.cjs');

const starts = net.createServer((connection) => void greet(connection));

/** The script sends texts with a NUL behind each, an empty one last: program, file of schemas, folder, variables. */
async function greet(connection) {
  connection.on('error', () => undefined);
  let text = '';
  for await (const chunk of connection.iterator({ destroyOnReturn: false })) {
    text += chunk.toString('utf8');
    if (text.endsWith('\0\0')) break;
  }
  const [program, schemas, folder, ...variables] = text.slice(0, -2).split('\0');
  const env = Object.fromEntries(variables.map((line) => /^([^=]*)=(.*)$/s.exec(line)?.slice(1) ?? [line, '']));
  serve({ program, schemas, folder, env }, connection);
}

// Ctrl-C is for whoever started this, and Terraform still has to save its states.
process.on('SIGINT', () => undefined);
process.once('SIGTERM', () => process.exit());
process.stdin.resume().once('close', () => process.exit());
starts.listen(0, '127.0.0.1', () => process.stdout.write(`${starts.address().port}\n`));
