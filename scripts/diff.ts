import { join, resolve } from 'node:path';
import { painter } from '../lib/cli/colour';
import { makeFolder } from '../lib/make-folder';
import { requireFolderOfBaselines } from './approved-baseline';
import { type DiffOptions, diffEnvironment, several } from './diff-environment';
import { type ChosenEnvironment, chosenEnvironments, eachEnvironment } from './each-environment';
import { MANY_FORMAT, MANY_OPTIONS, type ManyChoice, SEVERAL_ENVIRONMENTS } from './many';
import { ROLE_POLICY, readRolePolicies } from './role-policies';
import type { StackFolders } from './synthesize-several';
import { toolOf } from './tool';
import { ENVIRONMENTS, printJson, printText, shortPath, type Task, type Verb } from './verb';

export const diffVerb: Verb = (parser, choose, { usage, does }) =>
  parser.command(
    usage,
    does,
    (flags) =>
      flags
        .positional('environment', SEVERAL_ENVIRONMENTS)
        .option('environments', ENVIRONMENTS)
        .option('stacks', {
          type: 'string',
          requiresArg: true,
          default: 'cdktf.out',
          describe: 'Folder to synthesize to, in which the environment is deployed from',
        })
        .option('out', {
          type: 'string',
          requiresArg: true,
          describe:
            'File to keep the plan in, for terraform apply; it holds everything that the state holds. Of several, a folder for a <name>.plan of each',
        })
        .option('waivers', {
          type: 'string',
          requiresArg: true,
          describe: 'YAML file of waivers, and of losses that somebody accepts (accept, with loss)',
        })
        .option('baseline', {
          type: 'string',
          requiresArg: true,
          describe:
            'Approved report (audit --format json) to compare access with, instead of what is deployed. Of several, the folder that audit wrote them to with --out, a <name>.json of each',
        })
        .option('role-policy', ROLE_POLICY)
        .options(MANY_OPTIONS)
        .option('format', MANY_FORMAT)
        .example('$0 diff acme', 'says what the next apply would create, change, destroy and lose')
        .example('$0 diff acme --out acme.plan', 'keeps the plan, so that terraform apply does exactly that')
        .example(
          '$0 diff acme --waivers waivers.yaml --baseline approved.json',
          'with the losses that somebody accepts',
        )
        .example(
          '$0 diff vendor --role-policy vendor/host/s3-policy.json --role-policy vendor/host/kms-policy.json',
          'judges both sides for a role of another account',
        ),
    (options) => choose(diffAll({ ...options, names: options.environment })),
  );

type DiffManyOptions = Omit<DiffOptions, 'environment' | 'format'> & ManyChoice & { readonly names: readonly string[] };

function diffAll(options: DiffManyOptions): Task {
  return (context) => {
    const { out, stacks, waivers, baseline, rolePolicy } = options;
    const chosen = chosenEnvironments(options.names, options.environments, context);
    const isSeveral = chosen.length > 1;
    requireFolderOfBaselines(baseline, chosen.length, context);
    if (isSeveral && out !== undefined) makeFolder(resolve(context.folder, out));
    let synthesized: StackFolders | undefined;
    const prepare = async (all: readonly ChosenEnvironment[]) => {
      synthesized = await several().synthesizeSeveral(all, () => resolve(context.folder, stacks), context);
    };
    const taskFor = (choice: ChosenEnvironment, format: 'text' | 'json') => {
      const plan = isSeveral && out !== undefined ? join(out, `${choice.environment}.plan`) : out;
      return diffTask({ ...choice, stacks, waivers, baseline, rolePolicy, out: plan, synthesized, format });
    };
    const forOne = [
      {
        option: '--role-policy',
        given: rolePolicy,
        fix: 'Plan each by itself, with the policies of its role: vault-env diff <environment> --role-policy <file>',
      },
    ];
    return eachEnvironment('diff', options, context, taskFor, { prepare, forOne });
  };
}

function diffTask(options: DiffOptions): Task {
  return async (context) => {
    const { io, folder } = context;
    // A file that is not there is told before the minute that a plan takes.
    readRolePolicies(options.rolePolicy, context);
    const { diff: found, stackFolder } = await diffEnvironment(options, context);
    const diff = { ...found, tool: toolOf(context.root) };
    if (options.format === 'json') printJson(io, diff);
    else {
      const { renderDiff } = require('../lib/audit/diff/diff-text') as typeof import('../lib/audit/diff/diff-text');
      printText(context, renderDiff(diff, painter(io.useColour)));
      if (options.out !== undefined && diff.verdict === 'pass')
        io.note(`terraform -chdir=${shortPath(stackFolder, folder)} apply ${resolve(folder, options.out)}\n`);
    }
    return diff.verdict === 'pass' ? 0 : 1;
  };
}
