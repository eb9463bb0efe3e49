import { regionOf } from '../arn';
import { createAgents } from '../aws/agents';
import { rolesAnywhereEndpoint } from '../aws/roles-anywhere';
import { environmentFacts } from '../verify/diagnosis/diagnose';
import { certificateInStore, examineCertificate } from './certificate/examine-certificate';
import type { Finding } from './examination';
import { askAll, examineEndpoint } from './examine-endpoints';
import { examineHelperCommand } from './helper/examine-helper-command';
import { examineHelperWay, variablesForWay } from './helper/examine-helper-way';
import {
  filesOfCommand,
  type HelperCommand,
  helperCommand,
  optionOf,
  SERVE_UNIT_FILE,
  storeOfCommand,
} from './helper/helper-command';
import type { HostFindings, HostToExamine } from './hosts/host-examination';

type CertificateHost = HostToExamine<'on-premises'>;

/** What a host needs that shows a certificate: the helper, its files, and its way to IAM Roles Anywhere. */
export async function examineOnPremises(toExamine: CertificateHost): Promise<HostFindings> {
  const { config, host, env, profile, now, serveUnit = SERVE_UNIT_FILE } = toExamine;
  const command = helperCommand(host, { profile, env, serveUnit });
  const words = command?.words ?? [];
  const store = storeOfCommand(words, env);
  const settings: readonly Finding[] = [
    examineHelperCommand(command, { host, aws: config.aws }),
    store === undefined
      ? examineCertificate({ files: filesOfCommand(words), host, now: now() })
      : certificateInStore(store),
  ];
  return { settings, way: await examineWay(command, toExamine) };
}

/** Asks on the way that the helper takes, which may be another than that of this process. */
async function examineWay(command: HelperCommand | undefined, toExamine: CertificateHost): Promise<readonly Finding[]> {
  const { config, host, env, caCertificatesPem, now } = toExamine;
  const words = command?.words ?? [];
  const region = optionOf(words, '--region') ?? regionOf(host.trustAnchorArn);
  const named = optionOf(words, '--endpoint') ?? '';
  const url = URL.canParse(named) ? new URL(named) : await rolesAnywhereEndpoint({ region });
  const variables = variablesForWay(command, env);
  const agents = createAgents({ env: variables, caCertificatesPem });
  const [asked] = await askAll([{ service: 'RolesAnywhere', url }], agents, now).finally(() => {
    agents.httpAgent.destroy();
    agents.httpsAgent.destroy();
  });
  if (asked === undefined) throw new Error('an endpoint was asked for and did not come back');
  const endpoint = examineEndpoint(asked, variables, { ...environmentFacts(config), region });
  return [examineHelperWay({ command, env, url, isReached: endpoint.result === 'pass' }), endpoint];
}
