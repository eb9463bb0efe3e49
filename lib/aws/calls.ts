import type { Answer } from './answer';
import { ask, type Output } from './ask';

/** An SDK command class, seen from outside. */
type CommandClass = new (input: never) => CommandShape;

interface CommandShape {
  readonly input: object;
  resolveMiddleware(...args: never): (...args: never) => Promise<{ output: object }>;
}

type InputOf<C extends CommandClass> = InstanceType<C>['input'];
type OutputOf<C extends CommandClass> = Awaited<ReturnType<ReturnType<InstanceType<C>['resolveMiddleware']>>>['output'];

/** An operation: AWS's own input, and an answer as a value. */
export type Call<I, O> = (input: I, signal?: AbortSignal) => Promise<Answer<O>>;

/** A call for each command of a table. */
export type CallsOf<T extends Readonly<Record<string, CommandClass>>> = {
  readonly [K in keyof T]: Call<InputOf<T[K]>, OutputOf<T[K]>>;
};

/** The part of an SDK client that sends. */
export type Send = (command: object, options: { abortSignal?: AbortSignal }) => Promise<Output>;

/** Turns a table of commands into calls on one client; the signal is for calls that come without one. */
export function callsOf<T extends Readonly<Record<string, CommandClass>>>(
  table: T,
  send: Send,
  stop?: AbortSignal,
): CallsOf<T> {
  const calls = Object.entries(table).map(([name, Command]) => [name, callOf(Command, send, stop)]);
  return Object.fromEntries(calls) as CallsOf<T>;
}

function callOf(Command: CommandClass, send: Send, stop?: AbortSignal): Call<never, Output> {
  return (input, signal = stop) => ask(() => send(new Command(input), signal ? { abortSignal: signal } : {}), signal);
}
