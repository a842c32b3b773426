import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from "vscode-languageserver";

/** Lets messages that wait in the queue, a cancellation above all, be read before the work begins. */
const yieldOnce = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/**
 * Runs the handler of a request so that a failure is logged with its context and answered with `fallback`, and a
 * cancelled request is answered as such without running.
 */
export const guarded =
  <P, R>(connection: Connection, context: string, fallback: R, handler: (params: P) => R | Promise<R>) =>
  async (params: P, token: CancellationToken): Promise<R | ResponseError<void>> => {
    const cancelled = () => new ResponseError<void>(LSPErrorCodes.RequestCancelled, `${context} was cancelled.`);
    await yieldOnce();
    if (token.isCancellationRequested) return cancelled();
    try {
      const result = await handler(params);
      return token.isCancellationRequested ? cancelled() : result;
    } catch (cause) {
      connection.console.error(`${context} failed: ${describe(cause)}`);
      return fallback;
    }
  };

/** An exception with its stack, for the log. */
export const describe = (cause: unknown): string =>
  cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
