'use strict';

/*
 * One start of the provider: answers about its schemas from a file, and passes other calls on to a borrowed provider.
 *
 * Terraform reads the schemas of all 1,500 types for each command, which takes seconds of CPU; here they are read once,
 * and those of a few services kept.
 *
 * https://github.com/hashicorp/go-plugin/blob/main/docs/internals.md
 */

const { readFileSync, renameSync, writeFileSync } = require('node:fs');
const http2 = require('node:http2');
const { Loan } = require('./loan.cjs');
const { configurationOf, EMPTY_MESSAGE, keepTypes } = require('./schemas.cjs');

const SCHEMAS = '/tfplugin5.Provider/GetSchema';
const CONFIGURE = '/tfplugin5.Provider/Configure';
const STOP = '/tfplugin5.Provider/Stop';
const SHUTDOWN = '/plugin.GRPCController/Shutdown';
/** Streams that stay open for as long as the program runs, and carry nothing here. */
const SIDE_STREAMS = /^\/plugin\.GRPC(Stdio|Broker)\//;

const HEAD = { ':status': 200, 'content-type': 'application/grpc' };

/** @param connection - to the script, which tells Terraform the line that it is sent, and ends when this does */
function serve(start, connection) {
  const loan = new Loan(start);
  const server = http2.createServer();
  const sessions = new Set();
  const over = (isClean) => {
    loan.end(isClean);
    connection.end();
    server.close();
    if (!isClean) for (const session of sessions) session.destroy();
  };
  // Where the script is gone before it was told to end, something is wrong.
  connection.once('close', () => over(false));
  loan.onLost = () => over(false);
  server.on('session', (session) => sessions.add(session.on('error', () => undefined)));
  server.on('stream', (stream, headers) => {
    // Terraform closes its connection while streams are open.
    stream.on('error', () => undefined);
    if (headers[':path'] === SHUTDOWN) succeed(stream, EMPTY_MESSAGE).once('close', () => over(true));
    else answer(stream, headers, loan).catch(() => over(false));
  });
  // Versions of the handshake and of the protocol, as the name of the provider's program says it.
  server.listen(0, '127.0.0.1', () => connection.write(`1|5|tcp|127.0.0.1:${server.address().port}|grpc|\n`));
}

async function answer(stream, headers, loan) {
  const path = headers[':path'];
  if (SIDE_STREAMS.test(path)) return stream.respond(HEAD);
  if (path === SCHEMAS) return succeed(stream, tryRead(loan.schemas) ?? (await readSchemas(headers, loan)));
  if (path === CONFIGURE) return await configure(stream, headers, loan);
  // Told to stop, a provider takes nothing up any more.
  if (path === STOP) loan.spoil();
  passOn(stream, call(await loan.provider(), headers));
}

/** A provider can be told once; who tells it the same again gets the same answer, which is empty where all is well. */
async function configure(stream, headers, loan) {
  const message = await readAll(stream);
  const configuration = configurationOf(message);
  const provider = await loan.providerFor(configuration);
  if (provider.configuration === configuration) return succeed(stream, EMPTY_MESSAGE);
  provider.configuration = configuration;
  const told = call(provider, headers);
  let bytes = 0;
  let status;
  told.on('data', (chunk) => {
    bytes += chunk.length;
  });
  told.on('trailers', (trailers) => {
    status = trailers['grpc-status'];
  });
  told.once('close', () => {
    if (status !== '0' || bytes !== EMPTY_MESSAGE.length) loan.spoil();
  });
  passOn(stream, told, message);
}

/** The trailers of an answer tell how the call went. */
function succeed(stream, message) {
  stream.resume();
  stream.respond(HEAD, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  return stream.end(message);
}

/** @param message - what was read of the stream already; left out where nothing was */
function passOn(stream, request, message) {
  let trailers = {};
  request.on('response', (head, flags) => {
    const isAll = (flags & http2.constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    stream.respond(head, { endStream: isAll, waitForTrailers: !isAll });
  });
  request.on('trailers', (given) => {
    trailers = given;
  });
  stream.on('wantTrailers', () => stream.sendTrailers(trailers));
  stream.on('aborted', () => request.close(http2.constants.NGHTTP2_CANCEL));
  request.on('error', () => undefined);
  if (message === undefined) stream.pipe(request);
  else request.end(message);
  request.pipe(stream);
}

async function readSchemas(headers, loan) {
  const request = call(await loan.provider(), headers);
  request.end(EMPTY_MESSAGE);
  const message = keepTypes(await readAll(request));
  const half = `${loan.schemas}.${process.pid}`;
  writeFileSync(half, message);
  renameSync(half, loan.schemas);
  return message;
}

async function readAll(stream) {
  const chunks = [];
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function tryRead(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Without what HTTP/2 says of the connection itself. */
function call({ session }, { ':method': method, ':path': path, ...headers }) {
  const own = Object.entries(headers).filter(([name]) => !name.startsWith(':'));
  return session.request({ ':method': method, ':path': path, ...Object.fromEntries(own) }, { endStream: false });
}

module.exports = { serve };
