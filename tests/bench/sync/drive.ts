import type { BrowserContext, Page } from '@playwright/test';
import type { BenchClient } from '../pages/client';
import type { ClientName } from '../pages/bundle';
import type { BenchServer } from '../server/server';
import type { Traffic } from '../server/edge';

const person = { email: 'rep@example.com', password: 'atomic-demo' };

/** A call that takes longer than this many milliseconds counts as stuck. */
const longest = 180_000;

/** The result of a call and its network traffic. */
export interface Measured<T> {
  value: T;
  traffic: Traffic;
}

type Method = keyof BenchClient;
type Result<M extends Method> = Awaited<ReturnType<NonNullable<BenchClient[M]>>>;

/** A device with one of the clients, signed in, with an empty local database. */
export class Device {
  private constructor(
    readonly page: Page,
    private readonly server: BenchServer,
  ) {}

  static async open(
    context: BrowserContext,
    server: BenchServer,
    client: ClientName,
    name: string,
  ): Promise<Device> {
    const page = await context.newPage();
    await page.goto(`${server.edge.url}/bench/${client}`);
    await page.waitForFunction(() => 'bench' in window);
    const device = new Device(page, server);
    await device.call('signIn', person.email, person.password);
    await device.call('open', name);
    return device;
  }

  /** Calls the page's client. */
  async call<M extends Method>(
    method: M,
    ...args: Parameters<NonNullable<BenchClient[M]>>
  ): Promise<Result<M>> {
    const called = this.page.evaluate(
      ([name, given]) =>
        (window.bench as unknown as Record<string, (...args: unknown[]) => unknown>)[name]?.(...given),
      [method, args] as [string, unknown[]],
    );
    const over = new Promise<never>((_, reject) => {
      const timer = setTimeout(() => reject(new Error(`${method} did not end.`)), longest);
      called.finally(() => clearTimeout(timer)).catch(() => undefined);
    });
    return (await Promise.race([called, over])) as Result<M>;
  }

  /** Calls the page's client and counts the network traffic meanwhile. */
  async measure<M extends Method>(
    method: M,
    ...args: Parameters<NonNullable<BenchClient[M]>>
  ): Promise<Measured<Result<M>>> {
    this.server.edge.reset();
    const value = await this.call(method, ...args);
    return { value, traffic: { ...this.server.edge.traffic } };
  }

  close(): Promise<void> {
    return this.page.close();
  }
}
