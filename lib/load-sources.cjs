'use strict';

/*
 * Preloaded, it makes Node load TypeScript, as `tsx/cjs` does, and keeps tsx and source maps away from packages: they are
 * JavaScript already, and looking at each of their files takes as long as loading them.
 */

const Module = require('node:module');

const PACKAGES = /[\\/]node_modules[\\/]/;
const { _resolveFilename: resolvePlain } = Module;
const { '.js': loadPlain } = Module._extensions;

require('tsx/cjs');

const { _resolveFilename: resolveSource } = Module;
const { '.js': loadSource } = Module._extensions;

process.setSourceMapsEnabled(false);
Module._extensions['.js'] = (module, file) => (PACKAGES.test(file) ? loadPlain : loadSource)(module, file);
Module._resolveFilename = function resolve(request, parent, ...rest) {
  const isPackage = PACKAGES.test(parent?.filename ?? '');
  return (isPackage ? resolvePlain : resolveSource).call(this, request, parent, ...rest);
};
