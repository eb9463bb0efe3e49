import { proxySettings } from '../../aws/proxy-settings';
import type { ProcessEnvironment } from '../../process-environment';
import type { Finding } from '../examination';
import { proxyFor } from '../examine-endpoints';
import { type HelperCommand, hasFlag } from './helper-command';

const ABOUT = { id: 'helper-proxy', title: 'The credential helper takes the way to AWS that this host has' };

interface Way {
  readonly command: HelperCommand | undefined;
  /** Of this process. */
  readonly env: ProcessEnvironment;
  readonly url: URL;
  /** Whether the endpoint answered on the way that the helper takes. */
  readonly isReached: boolean;
}

/**
 * The variables that the helper finds its way by: without `--with-proxy` it takes no notice of them.
 *
 * @see https://github.com/aws/rolesanywhere-credential-helper#readme
 */
export function variablesForWay(command: HelperCommand | undefined, env: ProcessEnvironment): ProcessEnvironment {
  if (command === undefined) return env;
  return hasFlag(command.words, '--with-proxy') ? command.env : {};
}

/** Whether the proxy of this host is one for the helper, too. */
export function examineHelperWay({ command, env, url, isReached }: Way): Finding {
  const here = proxyFor(proxySettings(env), url)?.host;
  if (command === undefined) {
    if (here === undefined) return { ...ABOUT, result: 'pass', found: ['No proxy is in the way.'] };
    const found = `Requests of this process go through ${here}; whether those of the helper do is not known here.`;
    return { ...ABOUT, result: 'note', found: [found], fix: WITH_PROXY };
  }
  const itsOwn = proxyFor(proxySettings(variablesForWay(command, env)), url)?.host;
  if (itsOwn === here) {
    return {
      ...ABOUT,
      result: 'pass',
      found: [here === undefined ? 'No proxy is in the way.' : `It goes through ${here}.`],
    };
  }
  const found = `It goes ${itsOwn === undefined ? 'directly' : `through ${itsOwn}`}, and this process ${here === undefined ? 'directly' : `through ${here}`}.`;
  if (isReached) return { ...ABOUT, result: 'note', found: [found, 'Either way leads to AWS.'] };
  return {
    ...ABOUT,
    result: 'fail',
    found: [found],
    fix: hasFlag(command.words, '--with-proxy') ? IN_UNIT : WITH_PROXY,
  };
}

const WITH_PROXY =
  'Add --with-proxy to its arguments: without it, it takes no notice of HTTPS_PROXY. For serve, the unit has to set HTTPS_PROXY as well.';
const IN_UNIT =
  'Set HTTPS_PROXY and NO_PROXY for the helper as for this process: with Environment= in the unit of serve.';
