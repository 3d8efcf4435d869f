import { benchActions } from './actions/bench.ts';
import { codeActions } from './actions/codes.ts';
import { drawingActions } from './actions/drawing.ts';
import { exhibitActions } from './actions/exhibits.ts';
import { fileActions } from './actions/files.ts';
import { imageActions } from './actions/images.ts';
import { imaginingActions } from './actions/imagining.ts';
import { labActions } from './actions/lab.ts';
import { labSideActions } from './actions/labSide.ts';
import { learningActions } from './actions/learning.ts';
import { latentActions } from './actions/latents.ts';
import { lookingActions } from './actions/looking.ts';
import { meddlingActions } from './actions/meddling.ts';
import { mirrorActions } from './actions/mirrors.ts';
import { networkActions } from './actions/network.ts';
import { newVersionActions } from './actions/newVersion.ts';
import { ownDataActions } from './actions/ownData.ts';
import { keptRunActions } from './actions/runs.ts';
import { runsBesideActions } from './actions/runsBeside.ts';
import { runActions } from './actions/running.ts';
import { savingActions } from './actions/saving.ts';
import { samplingActions } from './actions/sampling.ts';
import type { Context } from './context.ts';
import type { ExhibitFrames } from './exhibitFrames.ts';

/** Everything the user can do, by what it is done to. */
export function createActions(context: Context, exhibitFrames: ExhibitFrames) {
  const drawing = drawingActions(context);
  const network = networkActions(context, drawing);
  const sampling = samplingActions(context);
  const running = runActions(context, { drawing, network, sampling });
  const images = imageActions(context, network, drawing);
  const files = fileActions(context, network, drawing, images);
  return {
    drawing,
    network,
    running,
    files,
    images,
    ownData: ownDataActions(context, network, drawing),
    mirrors: mirrorActions(context, network),
    newVersion: newVersionActions(context),
    looking: lookingActions(context),
    meddling: meddlingActions(context, drawing),
    learning: learningActions(context),
    imagining: imaginingActions(context, drawing),
    keptRuns: keptRunActions(context, network, running),
    runsBeside: runsBesideActions(context),
    saving: savingActions(context),
    bench: benchActions(context),
    sampling,
    latents: latentActions(context),
    codes: codeActions(context),
    lab: labActions(context, { files, network, running }),
    labSide: labSideActions(context),
    exhibits: exhibitActions(context, exhibitFrames),
  };
}

export type Actions = ReturnType<typeof createActions>;
