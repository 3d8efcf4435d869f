import type { Values } from '../exhibits/exhibit.ts';
import type { LandscapeShown, PlaneShown } from '../exhibits/list/landscape.ts';
import { numberOf } from '../exhibits/values.ts';
import type { Landscape } from '../predictive/landscape.ts';
import { BACKPROPAGATION, cosines, landscape, landscapePoint } from '../predictive/landscape.ts';
import { mean } from '../shared/arrays.ts';
import type { Demonstrate } from './demonstration.ts';

/** The grid on which the ground is computed: both weights from −3 to 3. */
const THETA = Float32Array.from({ length: 25 }, (_, i) => -3 + i / 4);
/** The ball stays on the plane. */
const EDGE = 3;
/** It lies still where it moves by less, or after so many steps. */
const STILL = 1e-4;
const MOST_STEPS = 600;

type Path = PlaneShown['path'];

const startOf = (values: Values): Path => [
  [numberOf(values, 'theta0'), numberOf(values, 'theta1')],
];
const onPlane = (theta: number) => Math.min(EDGE, Math.max(-EDGE, theta));

/** One step of learning; predictive coding's changes are taken k times. */
function rolled(path: Path, k: number, rate: number): Path {
  const [theta0, theta1] = path.at(-1)!;
  const { dTheta0, dTheta1 } = landscapePoint(theta0, theta1, k);
  const by = rate * (k === BACKPROPAGATION ? 1 : k);
  return [...path, [onPlane(theta0 + by * dTheta0), onPlane(theta1 + by * dTheta1)]];
}

function isStill(path: Path): boolean {
  const [now, before] = [path.at(-1)!, path.at(-2)];
  return before !== undefined && Math.hypot(now[0] - before[0], now[1] - before[1]) < STILL;
}

/** Two balls on two grounds, from the same start. */
export const demonstrateLandscape: Demonstrate<LandscapeShown> = ({ values: first }) => {
  let values = first;
  const exact = landscape(THETA, BACKPROPAGATION);
  let settled = landscape(THETA, numberOf(first, 'k'));
  let paths = { backprop: startOf(first), settled: startOf(first) };
  let step = 0;

  const planeOf = ({ energy, dTheta0, dTheta1 }: Landscape, path: Path): PlaneShown => ({
    energy: Float32Array.from(energy),
    dTheta0: Float32Array.from(dTheta0),
    dTheta1: Float32Array.from(dTheta1),
    path,
  });
  const isOver = () => step >= MOST_STEPS || (isStill(paths.backprop) && isStill(paths.settled));

  return {
    advance() {
      if (isOver()) return;
      const rate = numberOf(values, 'learningRate');
      paths = {
        backprop: rolled(paths.backprop, BACKPROPAGATION, rate),
        settled: rolled(paths.settled, numberOf(values, 'k'), rate),
      };
      step++;
    },
    frame: () => ({
      step,
      // At the middle nothing moves, and there is no angle.
      metric: mean(cosines(settled, exact).filter((one) => !Number.isNaN(one))),
      ended: isOver(),
      says: isOver() ? 'Both balls lie still. Drag them somewhere else, or rewind.' : null,
      isTrouble: false,
      shown: {
        theta: THETA.slice(),
        backprop: planeOf(exact, paths.backprop),
        settled: planeOf(settled, paths.settled),
        k: numberOf(values, 'k'),
      },
    }),
    change(now) {
      const moved = (key: string) => now[key] !== values[key];
      if (moved('k')) settled = landscape(THETA, numberOf(now, 'k'));
      if (moved('k') || moved('theta0') || moved('theta1')) {
        paths = { backprop: startOf(now), settled: startOf(now) };
        step = 0;
      }
      values = now;
    },
    close: () => undefined,
  };
};
