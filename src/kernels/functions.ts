import type { ActivationName } from '../engine/activations.ts';

/** The activations of engine/activations.ts and their derivatives, as WGSL expressions of z. */
const VALUES: Record<ActivationName, string> = {
  identity: 'z',
  relu: 'max(z, 0.0)',
  tanh: 'tanh(clamp(z, -15.0, 15.0))',
  sigmoid: '1.0 / (1.0 + exp(-clamp(z, -80.0, 80.0)))',
  softplus: 'max(z, 0.0) + log(1.0 + exp(-abs(z)))',
  sign: 'sign(z)',
  heaviside: 'select(0.0, 1.0, z > 0.0)',
};

const DERIVATIVES: Record<ActivationName, string> = {
  identity: '1.0',
  relu: 'select(0.0, 1.0, z >= 0.0)',
  tanh: '1.0 - activation(z) * activation(z)',
  sigmoid: 'activation(z) * (1.0 - activation(z))',
  softplus: '1.0 / (1.0 + exp(-clamp(z, -80.0, 80.0)))',
  sign: '0.0',
  heaviside: '0.0',
};

/** `fn NAME(z: f32) -> f32`. */
export function activationCode(name: string, activation: ActivationName): string {
  return `fn ${name}(z: f32) -> f32 { return ${VALUES[activation]}; }`;
}

/** `fn activationSlope(z: f32) -> f32`, φ′, beside a function `activation` that is φ. */
export function slopeCode(activation: ActivationName): string {
  return `fn activationSlope(z: f32) -> f32 { return ${DERIVATIVES[activation]}; }`;
}
