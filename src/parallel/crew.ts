/**
 * Threads that work off one queue. The first that ends takes all others with it: whoever waits is told, nobody hangs.
 *
 * Knows messages and their answers. Does not know what the work is.
 */
import { EngineError } from "../errors.js";
import { isShared } from "./pieces.js";
import type { Port, PortStarter } from "./start-worker.js";
import { type Answer, type Done, errorOf, type Greeting, type Task } from "./task.js";

interface Waiting<T> {
  resolve(value: T): void;
  reject(error: Error): void;
}

interface Job extends Waiting<Done> {
  readonly task: Task;
}

/** How long a thread may take to load: one that never answers must not keep anybody waiting. */
const START_MILLISECONDS = 30_000;

/** One worker, asked one thing at a time. */
class Thread {
  readonly #port: Port;
  #waiting: Waiting<unknown> | null = null;
  #ended: Error | null = null;

  private constructor(start: (thread: Thread) => Port | null) {
    const port = start(this);
    if (port === null) throw new EngineError("no workers here");
    this.#port = port;
  }

  /** A thread that has answered the greeting. @throws what keeps it from that */
  static async started(start: PortStarter, greeting: Greeting): Promise<Thread> {
    const thread = new Thread((self) =>
      start({
        heard: (message) => self.#hear(message),
        ended: (cause) => self.end(Object.assign(new EngineError("a thread of the engine ended"), { cause })),
      }),
    );
    const late = setTimeout(
      () => thread.end(new EngineError("a thread of the engine did not answer")),
      START_MILLISECONDS,
    );
    try {
      await thread.ask(greeting, []);
      return thread;
    } catch (cause) {
      thread.end(new EngineError("a thread of the engine did not start"));
      throw cause;
    } finally {
      clearTimeout(late);
    }
  }

  /** @throws the error the thread ended with, before or meanwhile */
  ask(message: unknown, transfer: readonly ArrayBuffer[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== null) return reject(this.#ended);
      this.#waiting = { resolve, reject };
      this.#port.hold(true);
      this.#port.post(message, transfer);
    });
  }

  #hear(message: unknown): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    this.#port.hold(false);
    waiting?.resolve(message);
  }

  end(error: Error): void {
    if (this.#ended !== null) return;
    this.#ended = error;
    this.#port.end();
    this.#waiting?.reject(error);
    this.#waiting = null;
  }
}

export class Crew {
  readonly size: number;
  readonly #threads: readonly Thread[];
  readonly #idle: Thread[];
  #queue: Job[] = [];
  #failure: Error | null = null;

  private constructor(threads: readonly Thread[]) {
    this.size = threads.length;
    this.#threads = threads;
    this.#idle = [...threads];
  }

  /** As many of `count` threads as can be had; null when that is none. */
  static async mustered(count: number, start: PortStarter, greeting: Greeting): Promise<Crew | null> {
    const starts = await Promise.allSettled(Array.from({ length: count }, () => Thread.started(start, greeting)));
    const threads = starts.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    return threads.length === 0 ? null : new Crew(threads);
  }

  /** Has `task` done; its bytes are given away. @throws what doing it throws; EngineError when the crew is gone */
  run(task: Task): Promise<Done> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) return reject(this.#failure);
      this.#queue.push({ task, resolve, reject });
      this.#next();
    });
  }

  /** Ends all threads; who waits gets `error`, and so does who comes later. */
  dismiss(error: Error): void {
    this.#failure ??= error;
    for (const thread of this.#threads) thread.end(error);
    const queue = this.#queue;
    this.#queue = [];
    for (const { reject } of queue) reject(error);
  }

  #next(): void {
    while (this.#idle.length > 0 && this.#queue.length > 0) {
      const thread = this.#idle.pop() as Thread;
      const { task, resolve, reject } = this.#queue.shift() as Job;
      const bytes = isShared(task.bytes) ? [] : [task.bytes.buffer as ArrayBuffer];
      thread.ask(task, [...bytes, task.offsets.buffer]).then(
        (message) => {
          const answer = message as Answer;
          if (!("failed" in answer)) {
            resolve(answer);
          } else {
            const error = errorOf(answer);
            reject(error);
            // An engine that has failed answers no more: one of many is none to go on with.
            if (error instanceof EngineError) return this.dismiss(error);
          }
          this.#idle.push(thread);
          this.#next();
        },
        (error: Error) => {
          reject(error);
          this.dismiss(error);
        },
      );
    }
  }
}
