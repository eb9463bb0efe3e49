import { type HostWords, hostKind, type ToldHost } from '../hosts';
import type { StackOutput } from './schema';

/** The host that the config is for. */
export function toldHostOf({ aws }: Pick<StackOutput, 'aws'>): ToldHost {
  return { kind: 'ec2', instanceProfileArn: aws.instanceProfileArn };
}

/** How messages to whoever is at that host call what is there; without a config it is taken for an EC2 instance. */
export function wordsOnHost(config?: Pick<StackOutput, 'aws'>): HostWords {
  return hostKind(config === undefined ? 'ec2' : toldHostOf(config).kind).words;
}
