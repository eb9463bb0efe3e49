'use strict';

/*
 * Stands in the place of the AWS provider: passes calls on to it, and answers itself when asked for its schemas.
 *
 * Terraform reads the schemas of all 1,500 types for each command, which takes seconds of CPU; here they are read once,
 * and those of a few services kept. The provider is started by the first call that is about a resource.
 *
 * https://github.com/hashicorp/go-plugin/blob/main/docs/internals.md
 */

const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { readFileSync, renameSync, writeFileSync } = require('node:fs');
const http2 = require('node:http2');
const net = require('node:net');
const { keepTypes } = require('./schemas.cjs');

const [program, keptSchemas] = process.argv.slice(2);

const SCHEMAS = /^\/tfplugin5\.Provider\/GetSchema$/;
const SHUTDOWN = '/plugin.GRPCController/Shutdown';
/** Streams that stay open for as long as the program runs, and carry nothing here. */
const SIDE_STREAMS = /^\/plugin\.GRPC(Stdio|Broker)\//;

const EMPTY_MESSAGE = Buffer.alloc(5);
const HEAD = { ':status': 200, 'content-type': 'application/grpc' };

async function answer(stream, headers) {
  const path = headers[':path'];
  if (SIDE_STREAMS.test(path)) return stream.respond(HEAD);
  if (SCHEMAS.test(path)) return succeed(stream, tryRead(keptSchemas) ?? (await readSchemas(headers)));
  // Where no provider was started, none has to be told.
  if (path === SHUTDOWN && started === undefined) return end(stream);
  passOn(stream, (await startedProvider()).request(forwarded(headers), { endStream: false }));
}

/** The trailers of an answer tell how the call went. */
function succeed(stream, message) {
  stream.resume();
  stream.respond(HEAD, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.end(message);
}

function end(stream) {
  stream.once('close', () => process.exit());
  succeed(stream, EMPTY_MESSAGE);
}

function passOn(stream, call) {
  let trailers = {};
  call.on('response', (head, flags) => {
    const isAll = (flags & http2.constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    stream.respond(head, { endStream: isAll, waitForTrailers: !isAll });
  });
  call.on('trailers', (given) => {
    trailers = given;
  });
  stream.on('wantTrailers', () => stream.sendTrailers(trailers));
  stream.on('aborted', () => call.close(http2.constants.NGHTTP2_CANCEL));
  for (const one of [stream, call]) one.on('error', () => undefined);
  stream.pipe(call).pipe(stream);
}

async function readSchemas(headers) {
  const call = (await startedProvider()).request(forwarded(headers), { endStream: false });
  call.end(EMPTY_MESSAGE);
  const chunks = [];
  for await (const chunk of call) chunks.push(chunk);
  const message = keepTypes(Buffer.concat(chunks));
  const half = `${keptSchemas}.${process.pid}`;
  writeFileSync(half, message);
  renameSync(half, keptSchemas);
  return message;
}

function tryRead(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Without what HTTP/2 says of the connection itself. */
function forwarded({ ':method': method, ':path': path, ...headers }) {
  const own = Object.entries(headers).filter(([name]) => !name.startsWith(':'));
  return { ':method': method, ':path': path, ...Object.fromEntries(own) };
}

let started;

function startedProvider() {
  started ??= startProvider();
  return started;
}

/** This process ends when the provider does, which removes its socket first. */
async function startProvider() {
  const child = spawn(program, { stdio: ['ignore', 'pipe', 'inherit'] });
  child.once('exit', (code) => process.exit(code ?? 1));
  const [, , , address] = (await firstLine(child.stdout)).split('|');
  const session = http2.connect('http://provider', { createConnection: () => net.connect(address) });
  return session.on('error', () => child.kill());
}

async function firstLine(stream) {
  let text = '';
  while (!text.includes('\n')) text += String((await once(stream, 'data'))[0]);
  stream.resume();
  return text.split('\n', 1)[0];
}

const server = http2.createServer();
server.on('stream', (stream, headers) => void answer(stream, headers));
// Versions of the handshake and of the protocol, as the name of the provider's program says it.
server.listen(0, '127.0.0.1', () => process.stdout.write(`1|5|tcp|127.0.0.1:${server.address().port}|grpc|\n`));
