import { PIXELS } from '../data/dataset.ts';
import { COMPLETIONS } from '../protocol/episode.ts';
import type { FieldsOf } from '../protocol/messages.ts';
import type { RunsBesideRequest } from '../protocol/runsBeside.ts';
import type { Answers } from './answer.ts';
import { flags, intensities, oneOf, orNull, record } from '../shared/checks.ts';
import { runId } from './checks.ts';

/** Kept runs on one picture: these wait for nothing but each other. */
export const RUNS_BESIDE: Answers<RunsBesideRequest['type']> = {
  settleRun: {
    check: record<FieldsOf<'settleRun'>>({
      id: runId,
      pixels: intensities(PIXELS),
      mask: orNull(flags(PIXELS)),
      how: oneOf(COMPLETIONS),
    }),
    async run({ runLooks, training }, look) {
      await training.autosaver.settled();
      return runLooks.settle(look);
    },
  },
  endRunLooks: {
    check: record<object>({}),
    run({ runLooks }) {
      runLooks.end();
      return null;
    },
  },
};
