import type { Answer, Refused } from '../../../aws/answer';

/** A thing that was read, and the call that read it. */
export interface Read<T> {
  /** AWS's name of the operation. */
  readonly call: string;
  readonly answer: Answer<T>;
}

/** Takes from the answer what is of interest. */
export function mapRead<T, R>({ call, answer }: Read<T>, take: (value: T) => R): Read<R> {
  return { call, answer: answer.ok ? { ...answer, value: take(answer.value) } : answer };
}

/** A refusal that only says that there is nothing of the kind becomes the value for nothing. */
export function orWhenAbsent<T, N>({ call, answer }: Read<T>, code: string, nothing: N): Read<T | N> {
  if (answer.ok || answer.code !== code) return { call, answer };
  return { call, answer: { ok: true, value: nothing, status: answer.status, requestId: answer.requestId } };
}

/** Reads every page of a list. */
export async function readPages<P, T>(
  call: string,
  ask: (marker: string | undefined) => Promise<Answer<P>>,
  take: (page: P) => { readonly items: readonly T[]; readonly next: string | undefined },
): Promise<Read<readonly T[]>> {
  const items: T[] = [];
  for (let marker: string | undefined; ; ) {
    const answer = await ask(marker);
    if (!answer.ok) return { call, answer };
    const page = take(answer.value);
    items.push(...page.items);
    if (page.next === undefined) return { call, answer: { ...answer, value: items } };
    marker = page.next;
  }
}

/** The values of several reads, or the first refusal among them. */
export function joinReads<T>(call: string, reads: readonly Read<T>[]): Read<readonly T[]> {
  const refusal = reads.find((read): read is Read<T> & { answer: Refused } => !read.answer.ok);
  if (refusal !== undefined) return refusal;
  const value = reads.flatMap(({ answer }) => (answer.ok ? [answer.value] : []));
  return { call, answer: { ok: true, value, status: undefined, requestId: undefined } };
}
