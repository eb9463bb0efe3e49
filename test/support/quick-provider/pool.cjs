'use strict';

/*
 * AWS providers that Terraform has done with, for its next start in the same folder with the same variables.
 *
 * A provider is configured once: what it is told is kept with it, and only who would tell it the same gets it.
 */

const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { mkdtempSync, rmSync } = require('node:fs');
const http2 = require('node:http2');
const net = require('node:net');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** Each takes 250 MB. */
const MOST_IDLE = 8;
const IDLE_MS = 30_000;

/** Variables that the provider does not read; they change from command to command. */
const UNREAD = /^(PLUGIN_.*|TF_(CLI_ARGS.*|DATA_DIR|IN_AUTOMATION|INPUT)|npm_.*|INIT_CWD|OLDPWD|PWD|SHLVL|_)$/;

/** A provider that is ended leaves its socket behind. */
const sockets = mkdtempSync(join(tmpdir(), 'providers-'));
const running = new Set();
/** The one that was given back last comes last. */
const idle = [];

/** @param configuration - what it is going to be told; left out where that is not known yet */
async function borrow(start, configuration) {
  const key = keyOf(start);
  const fitting = idle.filter((provider) => provider.key === key);
  const told = (what) => fitting.findLast((provider) => provider.configuration === what);
  const found = configuration === undefined ? fitting.at(-1) : (told(configuration) ?? told(undefined));
  if (found === undefined) return await startProvider(start, key);
  takeOut(found);
  return found;
}

function keyOf({ program, folder, env }) {
  const read = Object.entries(env).filter(([name]) => !UNREAD.test(name));
  return JSON.stringify([program, folder, read.sort()]);
}

async function startProvider({ program, folder, env }, key) {
  const variables = { ...env, PLUGIN_UNIX_SOCKET_DIR: sockets };
  const child = spawn(program, { cwd: folder, env: variables, stdio: ['ignore', 'pipe', 'ignore'] });
  const provider = { key, child, exited: once(child, 'exit').catch(() => undefined) };
  running.add(provider);
  void provider.exited.then(() => {
    running.delete(provider);
    takeOut(provider);
  });
  const [, , , address] = (await firstLine(child)).split('|');
  provider.session = http2.connect('http://provider', { createConnection: () => net.connect(address) });
  provider.session.on('error', () => child.kill('SIGKILL'));
  return provider;
}

/** @throws where the program ends without one */
async function firstLine({ stdout }) {
  let text = '';
  for await (const chunk of stdout.iterator({ destroyOnReturn: false })) {
    text += chunk;
    if (text.includes('\n')) break;
  }
  stdout.resume();
  const [line, ...rest] = text.split('\n');
  if (rest.length === 0) throw new Error(`the provider ended before it said where it listens, got: ${text}`);
  return line;
}

function giveBack(provider) {
  if (!running.has(provider)) return;
  idle.push(provider);
  provider.timer = setTimeout(() => end(provider), IDLE_MS);
  if (idle.length > MOST_IDLE) end(idle[0]);
}

function takeOut(provider) {
  clearTimeout(provider.timer);
  if (idle.includes(provider)) idle.splice(idle.indexOf(provider), 1);
}

function end(provider) {
  takeOut(provider);
  provider.child.kill('SIGKILL');
}

process.once('exit', () => {
  for (const { child } of running) child.kill('SIGKILL');
  rmSync(sockets, { recursive: true, force: true });
});

module.exports = { borrow, end, giveBack };
