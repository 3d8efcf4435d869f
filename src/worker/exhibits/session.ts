import type { Dataset } from '../../data/dataset.ts';
import type { Beginning } from '../../demonstrations/demonstration.ts';
import type { Program, Programs } from '../../demonstrations/demonstrations.ts';
import { EXHIBITS, exhibitOf } from '../../exhibits/exhibits.ts';
import type { ExhibitId } from '../../exhibits/shown.ts';
import { completed } from '../../exhibits/values.ts';
import type {
  ExhibitsRequestOf,
  ExhibitsRequestType,
  ExhibitsResults,
} from '../../protocol/exhibits.ts';
import { ON_SHOW, SLOTS } from '../../protocol/exhibits.ts';
import type { BackendChoice } from '../../protocol/reports.ts';
import type { Check } from '../../shared/checks.ts';
import { list, number, oneOf, orNull, plain, record, whole } from '../../shared/checks.ts';
import { NgcError, printable } from '../../shared/errors.ts';
import { address } from '../checks.ts';
import { yieldToMessages } from '../pacing.ts';
import { Beginnings } from './beginnings.ts';
import { actCheck, checkValues, valuesCheck } from './checks.ts';
import type { Opened } from './slot.ts';
import { Slot } from './slot.ts';

/** What an exhibit is begun with that is not its own. */
interface Parts {
  readonly programs: Programs;
  /** Starts TensorFlow.js. */
  numerics(backend: BackendChoice): Promise<unknown>;
  data(base: string): ReturnType<Beginning['data']>;
  clothes(base: string): Promise<Dataset | null>;
}

type FieldsOf<T extends ExhibitsRequestType> = Omit<ExhibitsRequestOf<T>, 'type'>;
type Answers = {
  readonly [T in ExhibitsRequestType]: (
    fields: FieldsOf<T>,
  ) => ExhibitsResults[T] | Promise<ExhibitsResults[T]>;
};

const slot = whole(0, SLOTS - 1);
const seed = whole(0, 2 ** 31 - 1);
const IDS = EXHIBITS.map(({ id }) => id);
const CHECKS: { readonly [T in ExhibitsRequestType]: Check<FieldsOf<T>> } = {
  open: record<FieldsOf<'open'>>({
    ...{ slot, exhibit: oneOf<ExhibitId>(IDS), values: valuesCheck, seed, base: address },
    backend: oneOf<BackendChoice>(['auto', 'webgpu', 'wasm', 'cpu']),
  }),
  close: record({ slot }),
  run: record<FieldsOf<'run'>>({ slot, perSecond: orNull(number(0.01, 10_000)) }),
  pause: record({ slot }),
  step: record({ slot, count: whole(1, 100_000) }),
  rewind: record({ slot, seed }),
  change: record({ slot, values: valuesCheck }),
  act: record({ slot, act: actCheck }),
  pull: record<FieldsOf<'pull'>>({
    slots: list(record({ slot, have: whole(0, Number.MAX_SAFE_INTEGER) }), SLOTS),
  }),
};

const isKnown = (type: unknown): type is ExhibitsRequestType =>
  typeof type === 'string' && Object.hasOwn(CHECKS, type);

/** The exhibits' side of the page: which are open, and how they stand. */
export class ExhibitsSession {
  private readonly slots = new Map<number, { readonly exhibit: ExhibitId; readonly slot: Slot }>();
  private versions = 0;
  private readonly beginnings = new Beginnings();

  constructor(private readonly parts: Parts) {}

  /** Answers one request. Rejects with a usage error where it is none of the protocol's. */
  async handle(request: unknown): Promise<ExhibitsResults[ExhibitsRequestType]> {
    const { type, ...fields } = plain(request, 'A request');
    if (!isKnown(type))
      throw new NgcError('usage', `There is no request of type ${printable(type)}.`);
    return this.answer(type, fields);
  }

  private answer<T extends ExhibitsRequestType>(type: T, fields: unknown) {
    return this.answers[type](CHECKS[type](fields, type));
  }

  private readonly answers: Answers = {
    open: (fields) => this.open(fields),
    close: ({ slot: at }) => {
      this.slots.get(at)?.slot.close();
      this.slots.delete(at);
      return null;
    },
    run: ({ slot: at, perSecond }) => {
      const { exhibit, slot: found } = this.at(at);
      if (exhibitOf(exhibit).pace === 'by hand')
        throw new NgcError('usage', 'This exhibit answers to the hand: it does not run.');
      found.run(perSecond);
      return null;
    },
    pause: ({ slot: at }) => {
      this.at(at).slot.pause();
      return null;
    },
    step: async ({ slot: at, count }) => {
      await this.at(at).slot.step(count);
      return null;
    },
    rewind: ({ slot: at, seed: from }) => {
      this.at(at).slot.rewind(from);
      return null;
    },
    change: async ({ slot: at, values }) => {
      const { exhibit, slot: found } = this.at(at);
      const { controls } = exhibitOf(exhibit);
      await found.change(completed(controls, checkValues(controls, values)));
      return null;
    },
    act: async ({ slot: at, act }) => {
      await this.at(at).slot.act(act);
      return null;
    },
    pull: ({ slots }) => ({
      slots: slots.flatMap(({ slot: at, have }) => this.slots.get(at)?.slot.report(have) ?? []),
    }),
  };

  private at(slotNumber: number) {
    const found = this.slots.get(slotNumber);
    if (!found) throw new NgcError('usage', `Nothing is open in slot ${slotNumber}.`);
    return found;
  }

  private open({ slot: at, exhibit, values, seed: from, base, backend }: FieldsOf<'open'>): null {
    const { controls } = exhibitOf(exhibit);
    const complete = completed(controls, checkValues(controls, values));
    // Whatever it shows, to whoever begins it a program is a program.
    const program: Program<unknown> = this.parts.programs[exhibit];
    this.slots.get(at)?.slot.close();
    const isMiniature = at !== ON_SHOW;
    const begin: Opened['begin'] = async (beginning, tell) => {
      if (program.tensors) {
        tell('Starting the numerics …');
        await this.parts.numerics(backend);
      }
      const demonstrate = await program.load();
      return demonstrate({
        ...beginning,
        tell: (sentence) => {
          tell(sentence);
          return yieldToMessages();
        },
        giveWay: yieldToMessages,
        data: () => {
          tell('Reading the images …');
          return this.parts.data(base);
        },
        clothes: () => this.parts.clothes(base),
      });
    };
    const slotOf = new Slot(
      at,
      {
        ...{ exhibit, controls, values: complete, seed: from },
        // Nobody who stands before an exhibit waits for miniatures.
        begin: (beginning, tell) =>
          isMiniature
            ? this.beginnings.inTurn(effortOf(program), beginning.signal, () =>
                begin(beginning, tell),
              )
            : begin(beginning, tell),
      },
      { nextVersion: () => ++this.versions, isMiniature },
    );
    this.slots.set(at, { exhibit, slot: slotOf });
    return null;
  }
}

/** How much it takes to begin: little without tensors, most where a network learns first. */
function effortOf({ tensors, learnsFirst }: Program<unknown>): number {
  return learnsFirst ? 2 : tensors ? 1 : 0;
}
