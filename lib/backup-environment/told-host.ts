import { type HostWords, hostKind } from '../hosts';
import type { StackOutput } from './schema';

/** How messages to whoever is at the host of the config call what is there; without a config it is taken for an EC2 instance. */
export function wordsOnHost(config?: Pick<StackOutput, 'host'>): HostWords {
  return hostKind(config?.host.kind ?? 'ec2').words;
}
