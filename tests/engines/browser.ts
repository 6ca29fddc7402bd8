import type { Driver, Size } from './driver';
import { openFirefox } from './firefox';
import type { Engine } from './installed';
import { Tab } from './tab';
import { openWebKit } from './webkit';

/** The size of an iPad in portrait. */
const usual: Size = { width: 820, height: 1180 };
const openers = { webkitgtk: openWebKit, firefox: openFirefox };

/** A browser of one engine. */
export class Browser {
  private constructor(
    readonly driver: Driver,
    /** The tab that opens first. */
    readonly tab: Tab,
  ) {}

  /** @param folder keeps the browser's storage, so that a browser opened with it again has everything */
  static async open(engine: Engine, folder: string, size = usual): Promise<Browser> {
    const driver = await openers[engine](folder, size);
    return new Browser(driver, new Tab(await driver.newTab()));
  }

  get downloads(): string {
    return this.driver.downloads;
  }

  /** Opens a tab in front of the others. */
  newTab = async () => new Tab(await this.driver.newTab());
  close = () => this.driver.close();
  /** Kills it like a crash, without telling any page. */
  kill = () => this.driver.kill();
}
