import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../lib/errors';
import type { JunitCase } from '../lib/summary/junit';
import type { Verification } from '../lib/verify/result/verification';
import { isFolder } from './each-environment';
import { MANY_FORMAT, type ManyChoice, manyTask, requireNoneForOne } from './many';
import type { Context, Task } from './verb';
import type { VerifyOptions } from './verify-options';

interface VerifyManyOptions extends Omit<VerifyOptions, 'config'>, Omit<ManyChoice, 'format'> {
  readonly config: readonly string[];
}

/** One config as it always was; several one after the other, each with an evidence folder and a file of its own. */
export function verifyAll(options: VerifyManyOptions, taskFor: (one: VerifyOptions) => Task): Task {
  return (context) => {
    const configs = options.config.flatMap((name) => configsIn(name, context));
    const [only = ''] = configs;
    const { summary, onlyFailed, evidence, out, format } = options;
    if (configs.length === 1 && summary === undefined && onlyFailed === undefined)
      return taskFor({ ...options, config: only })(context);
    requireNothingOfOne(options, configs, context);
    const choice = { summary, onlyFailed, format: toManyFormat(format) };
    const verify = (config: string, formatOfOne: 'text' | 'json') => {
      const place = placeOf(config, context);
      return taskFor({
        ...options,
        config,
        format: formatOfOne,
        evidence: evidence && join(evidence, place),
        out: out && join(out, `${place}.json`),
      });
    };
    const casesOf = options.clean ? {} : { casesOf: casesOfVerification };
    return manyTask({ verb: 'verify', names: configs, taskFor: verify, ...casesOf }, choice)(context);
  };
}

/** The name of its folder, as emit calls it by the environment. */
function placeOf(config: string, { folder }: Context): string {
  return basename(dirname(resolve(folder, config)));
}

/** @throws {UsageError} `BadArguments` */
function requireNothingOfOne(options: VerifyManyOptions, configs: readonly string[], context: Context): void {
  const fix = 'Leave it out: each is compared with its own in cdktf.out, or in its folder of --evidence';
  requireNoneForOne([{ option: '--stack', given: options.stack, fix }], configs.length);
  if (options.evidence === undefined && options.out === undefined) return;
  for (const [index, config] of configs.entries()) {
    const other = configs.slice(0, index).find((one) => placeOf(one, context) === placeOf(config, context));
    if (other === undefined) continue;
    throw new UsageError(
      'BadArguments',
      `'${config}' must be in a folder of another name than the others, got: that of ${other}\n` +
        'What is kept of each goes by the name of its folder: emit them with --out <folder>/<environment>, or verify them one by one',
    );
  }
}

/** Each check, with what to do about it. */
function casesOfVerification(document: unknown): readonly JunitCase[] {
  return (document as Verification).checks.map(({ id, title, result, detail, diagnoses = [], durationMs }) => ({
    name: `${id}: ${title}`,
    outcome: result === 'inconclusive' ? 'error' : result,
    detail: [detail, ...diagnoses.map(({ cause, fix }) => `${cause} ${fix}`)].join('\n'),
    durationMs,
  }));
}

/** A folder stands for the config in it, or for those in its folders. */
function configsIn(name: string, context: Context): readonly string[] {
  const file = 'backup-environment.json';
  const path = resolve(context.folder, name);
  if (existsSync(join(path, file))) return [join(name, file)];
  const inside = isFolder(name, context) ? readdirSync(path).sort() : [];
  const found = inside.filter((entry) => existsSync(join(path, entry, file)));
  return found.length === 0 ? [name] : found.map((entry) => join(name, entry, file));
}

function toManyFormat(format: string): ManyChoice['format'] {
  const found = MANY_FORMAT.choices.find((one) => one === format);
  if (found !== undefined) return found;
  throw new UsageError(
    'BadArguments',
    `'--format' must be one of ${MANY_FORMAT.choices.join(', ')} for several, got: ${format}\n` +
      'Verify each by itself for the others; --evidence keeps a page of each',
  );
}
