import type { FloatArray } from '../../../shared/arrays.ts';
import type { State } from '../state.ts';
import { energyProfile } from '../state.ts';
import type { Wiring } from '../wiring.ts';

/** Notes the energies of every state that it sees: [T + 1, L + 1], the batch mean of F_l before the first step and after each. */
export class EnergyNotes {
  private readonly rows: Float32Array[] = [];

  constructor(private readonly wiring: Wiring) {}

  readonly onStep = async (state: State): Promise<void> => {
    this.rows.push(await energyProfile(this.wiring, state));
  };

  get array(): FloatArray {
    const width = this.wiring.layers.length + 1;
    const data = new Float32Array(this.rows.length * width);
    this.rows.forEach((row, i) => data.set(row, i * width));
    return { shape: [this.rows.length, width], data };
  }
}
