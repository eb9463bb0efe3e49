import type { Bucket } from '../../../../lib/simulated-aws/state/services/s3-state';

/** Copies the configuration that was put last, in the state: a thousand requests to fill a limit take seconds. */
export function copyConfiguration(bucket: Bucket | undefined, copies: number): void {
  const [name, document] = [...(bucket?.documents ?? [])].at(-1) ?? [];
  if (!bucket || !name || !document) throw new Error('there is no configuration to copy');
  for (let id = 1; id <= copies; id++) {
    const children = document.children.map((child) => (child.name === 'Id' ? { ...child, text: `${id}` } : child));
    bucket.documents.set(name.replace(/ .*$/, ` ${id}`), { ...document, children });
  }
}
