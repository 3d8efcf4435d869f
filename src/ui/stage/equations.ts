import type { ModelReport } from '../../protocol/reports.ts';
import type { Lesions } from '../../protocol/condition.ts';
import type { Phase } from '../../store/state.ts';

type Network = Pick<ModelReport, 'config' | 'definition'>;

/** The equation of a part of the settling step, for the network as it is and what is cut of it (`_` below, `^` above the line). */
export function equationOf(phase: Phase, network: Network, lesions: Lesions): string {
  const { config, definition } = network;
  const target = definition.target === 'activity' ? 'φ(z_l)' : 'z_l';
  switch (phase) {
    case 'predict': {
      const far = definition.auxiliary ? ' + φ(z_{l+2})·M_{l+2}' : '';
      return `μ_l = g( φ(z_{l+1})·W_{l+1}${far} )`;
    }
    case 'error': {
      const weighted = config.precision !== 'none' && !lesions.precision;
      return weighted ? `e_l = ( ${target} − μ_l )·Σ_l^{−1}` : `e_l = ${target} − μ_l`;
    }
    case 'correct': {
      const feedback =
        definition.feedback === 'error-synapses' ? 'e_{l−1}·E_l' : 'e_{l−1}·W_l^T ⊙ φ′(z_l)';
      const up = lesions.errorSynapses ? '' : `${feedback} `;
      const leak = lesions.leak ? '' : ' − γ z_l';
      return `z_l ← z_l + β ( ${up}− e_l${leak} )`;
    }
    case 'compete':
      return 'z_l ← z_l − β φ(z_l)·V_l';
    case 'learn':
      return 'ΔW_l = φ(z_l)^T·e_{l−1}';
    default:
      return phase satisfies never;
  }
}
