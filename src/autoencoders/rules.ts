import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/*
 * TensorFlow.js differentiates by a table of rules, one an operation, which its core leaves empty. Here are those of the operations
 * that the losses are made of: dy is the gradient of what an operation gives; each input has the gradient that the rule names, made
 * only where somebody asks for it. Products are without transpose flags: with them WASM takes a loop that is ten times as slow.
 */

/** dy of a result to which an input of this shape was spread: summed over what it was spread over (a bias over images, a number over all). */
function gathered(dy: Tensor, shape: readonly number[]): Tensor {
  if (dy.shape.join() === shape.join()) return dy;
  if (shape.length === 0) return tf.sum(dy);
  const [rows] = dy.shape;
  if (dy.rank !== 2 || shape.length !== 1) throw new Error('No rule for this way of spreading.');
  // On WASM a product with ones is faster than a sum over rows.
  return tf.reshape(tf.matMul(tf.ones([1, rows]), dy), [...shape]);
}

/** Enters the rule of an operation; `saved` are the inputs that it names. */
function rule<const Saved extends readonly string[]>(
  kernelName: string,
  inputsToSave: Saved,
  gradient: (
    dy: Tensor,
    saved: { readonly [I in keyof Saved]: Tensor },
  ) => Readonly<Record<string, () => Tensor>>,
): void {
  tf.registerGradient({
    kernelName,
    inputsToSave: [...inputsToSave],
    gradFunc(dy, saved) {
      if (Array.isArray(dy)) throw new Error(`${kernelName} has more than one result.`);
      return gradient(dy, saved as { readonly [I in keyof Saved]: Tensor });
    },
  });
}

rule('BatchMatMul', ['a', 'b'], (dy, [a, b]) => ({
  a: () => tf.matMul(dy, tf.transpose(b)),
  b: () => tf.matMul(tf.transpose(a), dy),
}));
rule('Add', ['a', 'b'], (dy, [a, b]) => ({
  a: () => gathered(dy, a.shape),
  b: () => gathered(dy, b.shape),
}));
rule('Sub', ['a', 'b'], (dy, [a, b]) => ({
  a: () => gathered(dy, a.shape),
  b: () => tf.neg(gathered(dy, b.shape)),
}));
rule('Multiply', ['a', 'b'], (dy, [a, b]) => ({
  a: () => gathered(tf.mul(dy, b), a.shape),
  b: () => gathered(tf.mul(dy, a), b.shape),
}));
rule('RealDiv', ['a', 'b'], (dy, [a, b]) => ({
  a: () => gathered(tf.div(dy, b), a.shape),
  b: () => gathered(tf.neg(tf.div(tf.mul(dy, a), tf.square(b))), b.shape),
}));
rule('Sum', ['x'], (dy, [x]) => ({
  x: () => {
    if (dy.size !== 1) throw new Error('Only sums over everything have a rule.');
    return tf.mul(tf.ones(x.shape), dy);
  },
}));
rule('Neg', [], (dy) => ({ x: () => tf.neg(dy) }));
rule('Square', ['x'], (dy, [x]) => ({ x: () => tf.mul(dy, tf.mul(x, 2)) }));
rule('Abs', ['x'], (dy, [x]) => ({ x: () => tf.mul(dy, tf.sign(x)) }));
rule('Exp', ['x'], (dy, [x]) => ({ x: () => tf.mul(dy, tf.exp(x)) }));
rule('Relu', ['x'], (dy, [x]) => ({ x: () => tf.mul(dy, tf.step(x)) }));
rule('Softplus', ['x'], (dy, [x]) => ({ x: () => tf.mul(dy, tf.sigmoid(x)) }));
