import { isSame } from '../../../store/drawing.ts';
import { useAppState, useShown } from '../../parts/context.ts';

/** The comparison, if it is of the present synapses and of the picture on show: an earlier episode may be of another one. */
export function useWithout() {
  const picture = useShown((shown) => shown.picture);
  return useAppState(({ withoutLateral, weightsVersion, drawing }) =>
    withoutLateral?.version === weightsVersion && isSame(picture, drawing.present)
      ? withoutLateral
      : null,
  );
}
