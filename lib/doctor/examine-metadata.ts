import { askMetadata, type MetadataAnswer } from '../aws/credentials/ask-metadata';
import { metadataEndpoint } from '../aws/credentials/metadata-endpoint';
import { metadataTrouble } from '../aws/credentials/metadata-troubles';
import type { Finding } from './examination';
import type { ServiceToExamine } from './hosts/host-examination';

export interface MetadataFacts {
  readonly endpoint: string;
  readonly answer: MetadataAnswer;
  /** Whether this process runs in a container, whose network may be one hop further away. */
  readonly isInContainer: boolean;
}

const ABOUT = { id: 'instance-metadata', title: 'The instance metadata service answers as IMDSv2' };
const MODIFY = 'aws ec2 modify-instance-metadata-options --instance-id <id>';

/** Asks the instance metadata service, at the endpoint that the environment names. */
export async function examineInstanceMetadata({ env, isInContainer }: ServiceToExamine): Promise<Finding> {
  const endpoint = await metadataEndpoint(env);
  return examineMetadata({ endpoint, answer: await askMetadata(endpoint), isInContainer });
}

/** The version that is answered, and whether its answers come as far as here. */
export function examineMetadata({ endpoint, answer, isInContainer }: MetadataFacts): Finding {
  const { tokenStatus, plainStatus } = answer;
  const where = isInContainer ? ' from this container' : '';
  if (tokenStatus === undefined && plainStatus === undefined) {
    return {
      ...ABOUT,
      result: 'note',
      found: [`${endpoint} does not answer: this is no EC2 instance, or it is switched off.`],
    };
  }
  if (tokenStatus === undefined) {
    const found = [`It answers${where}, but no token comes back: the hop limit stops it on the way.`];
    return { ...ABOUT, result: 'fail', found, fix: `${MODIFY} --http-put-response-hop-limit 2` };
  }
  if (tokenStatus !== 200) {
    return {
      ...ABOUT,
      result: 'fail',
      found: [`It refuses a token with HTTP ${tokenStatus}.`],
      fix: `${MODIFY} --http-endpoint enabled`,
    };
  }
  const found = [`A token comes back${where}, so the hop limit is high enough.`, describeRole(answer)];
  const trouble = metadataTrouble(answer);
  if (trouble !== undefined) {
    return { ...ABOUT, result: 'fail', found: [...found, sentence(trouble.found)], fix: `${trouble.fix}.` };
  }
  if (plainStatus !== 200) return { ...ABOUT, result: 'pass', found: [...found, 'IMDSv1 is refused.'] };
  return {
    ...ABOUT,
    result: 'note',
    found: [...found, 'IMDSv1 is still answered.'],
    fix: `${MODIFY} --http-tokens required`,
  };
}

export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;
}

function describeRole({ roleName, instanceProfileArn, trouble }: MetadataAnswer): string {
  const attached = instanceProfileArn ?? trouble?.code;
  if (roleName === undefined && attached !== undefined) return 'An instance profile is attached, and gives no role.';
  return roleName === undefined
    ? 'No instance profile is attached.'
    : `The instance profile gives the role ${roleName}.`;
}
