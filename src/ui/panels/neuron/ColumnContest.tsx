import type { MouseEvent } from 'react';
import { useCallback, useMemo } from 'react';
import type { NeuronReport, Rival } from '../../../protocol/reports.ts';
import type { EpisodeBuffer } from '../../../store/episode.ts';
import type { Pin } from '../../../store/state.ts';
import type { Surface } from '../../../viz/canvas.ts';
import type { Contestant } from '../../../viz/columnContest.ts';
import {
  contestant,
  contestantAt,
  paintColumnContest,
  verdictOf,
} from '../../../viz/columnContest.ts';
import { formatNumber, largest } from '../../../viz/scales.ts';
import common from '../../parts/common.module.css';
import flows from '../../parts/flows.module.css';
import { useApp, useShown } from '../../parts/context.ts';
import { useEpisodeSignals } from '../../parts/frames.ts';
import { Explained } from '../../parts/Formula.tsx';
import { LiveText, PaintedCanvas, placeIn } from '../../parts/painting.tsx';
import { smallType } from '../../parts/rem.ts';
import { useLook } from '../../parts/theme.ts';
import { contest as words } from './words.ts';
import styles from './ColumnContest.module.css';

/** More members cannot be told apart: of a larger band or matrix, those nearest by number are shown. */
const MOST = 36;

const signed = (value: number) => `${value > 0 ? '+' : ''}${formatNumber(value)}`;

/** The members to show: the neuron itself and its rivals. */
function membersOf(rivals: readonly Rival[], index: number): readonly Rival[] {
  const itself = rivals.some((one) => one.index === index) ? [] : [{ index, strength: 0 }];
  return [...rivals, ...itself]
    .sort((a, b) => Math.abs(a.index - index) - Math.abs(b.index - index))
    .slice(0, MOST)
    .sort((a, b) => a.index - b.index);
}

/** The members as they act on neuron `index` at a frame; null while there is none. */
function contestantsAt(
  episode: EpisodeBuffer,
  members: readonly Rival[],
  { layer, index }: Pin,
  ownMatrix: boolean,
): Contestant[] | null {
  const section = episode.info?.layout.states[layer - 1];
  const states = section && episode.read(section);
  const condition = episode.conditionAt();
  if (!states || condition === null) return null;
  const { steering, lesions } = condition;
  return members.map((member) => {
    const activity = states[member.index] ?? 0;
    // Levers may have been moved since the synapses were asked for.
    const { selfExcitation, lateralInhibition } = steering;
    const levers = member.index === index ? -selfExcitation : lateralInhibition; // V, as in Eq. 15
    const strength = lesions.lateral ? 0 : ownMatrix ? member.strength : levers;
    return contestant(member.index, activity, strength);
  });
}

interface ContestProps {
  pin: Pin;
  report: NeuronReport | null;
}

/** Who competes with a neuron, who wins, and what each takes from it or gives it (−φ·V, its column of V). */
export function ColumnContest({ pin, report }: ContestProps) {
  const lateral = useShown(({ config }) => config?.lateral ?? 'none');
  if (lateral === 'none') return <p className={common.hint}>{words.none}</p>;
  const rivals = report?.rivals ?? null;
  return (
    <section aria-label={words.heading}>
      <h3 className={flows.side}>{lateral === 'groups' ? words.heading : words.band}</h3>
      {rivals === null ? (
        <div className={styles.room} />
      ) : (
        <Diagram pin={pin} rivals={rivals} ownMatrix={lateral === 'matrix'} />
      )}
    </section>
  );
}

function Diagram({
  pin,
  rivals,
  ownMatrix,
}: {
  pin: Pin;
  rivals: readonly Rival[];
  ownMatrix: boolean;
}) {
  const { actions, episode } = useApp();
  const look = useLook();
  const signals = useEpisodeSignals();
  const { layer, index } = pin;
  const members = useMemo(() => membersOf(rivals, index), [rivals, index]);
  const limits = useMemo(() => createLimits(episode, members, pin), [episode, members, pin]);
  const contestants = useCallback(
    () => contestantsAt(episode, members, { layer, index }, ownMatrix),
    [episode, members, layer, index, ownMatrix],
  );
  const paint = useCallback(
    (surface: Surface) => {
      const held = contestants();
      if (held === null) return;
      const { state, side, soft, ink, line } = look.colours;
      const style = { state, side, soft, ink, line, font: look.font, fontSize: smallType() };
      paintColumnContest(surface, held, index, limits(), style);
    },
    [contestants, look, index, limits],
  );
  const read = useCallback(() => {
    const held = contestants();
    if (held === null) return '';
    if (episode.conditionAt()?.lesions.lateral) return words.cut;
    const { standing, winner, own, others } = verdictOf(held, index);
    if (winner === null) return words.nobody;
    const taken = signed(others);
    if (standing === 'wins')
      return others < 0 ? words.wins(signed(own), taken) : words.winsAlone(signed(own));
    return standing === 'held'
      ? words.held(winner.index, taken)
      : words.silent(winner.index, taken);
  }, [contestants, episode, index]);
  const onClick = (event: MouseEvent<HTMLCanvasElement>) => {
    const { x, width } = placeIn(event);
    const place = contestantAt(members.length, width, x);
    const member = place === null ? undefined : members[place];
    if (member !== undefined) actions.mark({ layer, index: member.index });
  };
  return (
    <>
      <div className={styles.room}>
        <PaintedCanvas
          role="img"
          aria-label={words.canvas}
          data-testid="contest"
          paint={paint}
          signals={signals}
          onClick={onClick}
        />
      </div>
      <p className={styles.verdict}>
        <LiveText read={read} signals={signals} testId="contest-verdict" />
      </p>
      <p className={common.hint}>
        <Explained>{words.legend}</Explained>
      </p>
    </>
  );
}

/** The largest activity and pull of the members in the episode so far: the scale of the diagram. */
function createLimits(episode: EpisodeBuffer, members: readonly Rival[], { layer }: Pin) {
  let key = '';
  let activity = 0;
  const strength = largest(members.map((member) => member.strength)) || 1e-9;
  return () => {
    const { info, count } = episode;
    const now = `${info?.id} ${count} ${count > 0 ? episode.stepAt(count - 1) : 0}`;
    if (now !== key) {
      key = now;
      activity = 0;
      const section = info?.layout.states[layer - 1];
      for (let i = 0; section && i < count; i++) {
        const states = episode.read(section, i);
        const theirs = members.map((member) => states?.[member.index] ?? 0);
        activity = Math.max(activity, largest(theirs));
      }
    }
    return { activity, pull: activity * strength };
  };
}
