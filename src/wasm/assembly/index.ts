/* The kernels of one module. They work in memory that is given to it, and allocate nothing. */
export { pack, product, productScratch } from './product';
export { rowScratch, rowTimes, rowTimesTransposed } from './row';
export { activate, blend, columns, imagine, move, silence, subtract } from './settle';
export { adam, ascend, columnSquares, normFactors, rowSquares, settleTheta } from './learn';
export { follow, moveCovariance, normaliseCovariance, residual, transpose } from './precision';
export { columnMeans, countAbove, largest, logLikelihood, sumSquares } from './tell';
