// Plays `aws ssm` with two managed hosts: it runs the script of the document as the agent of a host does, in the
// environment of the host, which $HOSTS names in a file.
const { spawnSync } = require('node:child_process');
const { readFileSync, writeFileSync } = require('node:fs');
const { parse } = require('yaml');

const [, verb, ...args] = process.argv.slice(2);
const option = (name) => args[args.indexOf(`--${name}`) + 1];
const { document, environments, log } = JSON.parse(readFileSync(process.env.HOSTS, 'utf8'));

function send() {
  const { parameters, mainSteps } = parse(readFileSync(document, 'utf8'));
  const given = JSON.parse(option('parameters'));
  let [script] = mainSteps[0].inputs.runCommand;
  for (const [name, { default: standard, allowedPattern }] of Object.entries(parameters)) {
    const value = given[name]?.[0] ?? standard;
    if (!new RegExp(allowedPattern).test(value))
      throw new Error(`InvalidParameters: ${name} must match ${allowedPattern}`);
    script = script.replaceAll(`{{ ${name} }}`, value);
  }
  const ran = Object.entries(environments).map(([host, env]) => {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', script], { env, encoding: 'utf8' });
    return { host, status: status === 0 ? 'Success' : 'Failed', stdout, stderr };
  });
  writeFileSync(log, JSON.stringify({ target: option('targets'), ran }));
  return 'command-1';
}

function answer() {
  if (verb === 'send-command') return send();
  const { ran } = JSON.parse(readFileSync(log, 'utf8'));
  if (verb === 'get-command-invocation')
    return ran.find(({ host }) => host === option('instance-id')).stdout.slice(0, 24_000);
  const [, sign] = /Status(==|!=)'Success'/.exec(option('query')) ?? [];
  if (sign !== undefined)
    return ran
      .filter(({ status }) => status !== 'Success')
      .map(({ host }) => host)
      .join('\t');
  return option('query').includes('InProgress') ? '' : ran.map(({ host }) => host).join('\t');
}

process.stdout.write(`${answer()}\n`);
