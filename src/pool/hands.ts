import type { Heap } from '../wasm/heap.ts';
import type { OwnNetwork } from '../wasm/network.ts';
import type { Hands, Outcomes, Task } from '../wasm/tasks.ts';
import type { Crew } from './crew.ts';
import type { Member } from './member.ts';

/** The members of a crew as hands: each does tasks in the memory of a network that it was let into. */
export class CrewHands implements Hands {
  constructor(
    private readonly crew: Crew,
    private readonly members: readonly Member[],
  ) {}

  get count(): number {
    return this.members.length;
  }

  do<T extends Task>(network: OwnNetwork, tasks: readonly T[]): Promise<Outcomes[T['type']][]> {
    // What one network does meets no half-made change of another's asking.
    return this.crew.inTurn(() => this.share(network, tasks));
  }

  private async share<T extends Task>(
    network: OwnNetwork,
    tasks: readonly T[],
  ): Promise<Outcomes[T['type']][]> {
    const { heap, model, layout } = network;
    const number = this.crew.numberOf(model);
    const done = await Promise.allSettled(
      tasks.map(async (task, i) => {
        const member = this.members[i]!;
        await this.letIn(member, number, heap);
        const answer = await member.ask({ type: 'work', model: number, layout, task });
        return answer as Outcomes[T['type']];
      }),
    );
    return done.map((one) => {
      if (one.status === 'rejected') throw one.reason;
      return one.value;
    });
  }

  private async letIn(member: Member, number: number, { module, memory }: Heap): Promise<void> {
    if (member.held.has(number)) return;
    member.held.set(number, new Map());
    await Promise.all([
      ...this.crew.tidy(member, number),
      member.ask({ type: 'share', model: number, kernels: module, memory }),
    ]);
  }
}
