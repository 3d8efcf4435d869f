import type { ModelConfig } from '../ngc/config/settings.ts';
import type { Executor } from '../ngc/settling.ts';
import { liveSize } from '../runtime/recipes.ts';
import { settlingSpeed } from '../runtime/trial.ts';

/** How long the machine is timed. */
const TRIAL_MS = 150;

/** The size of a new network that this machine can train while one watches: found out once, when the first one is made. */
export class LiveSize {
  private found: Promise<Partial<ModelConfig>> | null = null;

  constructor(private readonly notify: (text: string) => void) {}

  /** Settings to put on top of the page's; on a slow machine a smaller network, and the user is told. */
  settings(executor: Executor): Promise<Partial<ModelConfig>> {
    this.found ??= this.find(executor);
    return this.found;
  }

  private async find(executor: Executor): Promise<Partial<ModelConfig>> {
    const { changes, imagesPerSecond } = liveSize(await settlingSpeed(executor, TRIAL_MS));
    const { sizes } = changes;
    if (sizes)
      this.notify(
        `This machine learns about ${Math.round(imagesPerSecond)} images a second at full size; your network has ${sizes[1]} neurons a layer, so that it learns while you watch. Layer sizes can be changed in the settings.`,
      );
    return changes;
  }
}
