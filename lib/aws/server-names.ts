/** What an SDK client's middleware stack offers to those who look at responses. */
interface ResponseStack {
  add(middleware: ResponseMiddleware, options: { name: string; step: 'deserialize'; priority: 'low' }): void;
}

type ResponseMiddleware = <A, R extends { response: unknown }>(
  next: (args: A) => Promise<R>,
) => (args: A) => Promise<R>;

/** Collects the `Server` header of every response, also of those that become errors. */
export function noteServerNames(stack: ResponseStack, names: Set<string>): void {
  const watch: ResponseMiddleware = (next) => async (args) => {
    const result = await next(args);
    const server = (result.response as { headers?: Record<string, string> }).headers?.server;
    if (server !== undefined) names.add(server);
    return result;
  };
  stack.add(watch, { name: 'serverNamesMiddleware', step: 'deserialize', priority: 'low' });
}
