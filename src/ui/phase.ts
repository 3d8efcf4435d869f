import { useEffect, useState } from 'react';
import { SLOW_MOTION } from '../store/speed.ts';
import { useApp, useAppState } from './context.ts';

/** What a settling step is doing right now; only slow motion shows its parts one after the other. */
export type Phase = 'all' | 'predict' | 'correct' | 'compete';

const PARTS: readonly Phase[] = ['predict', 'correct', 'compete'];

/** The part of the step on show. In slow motion a step lasts long enough to show its parts in turn. */
export function usePhase(): Phase {
  const { episode } = useApp();
  const slow = useAppState(({ setUp, activity }) => {
    const speed = setUp.mode === 'train' ? setUp.trainspeed : setUp.speed;
    const runs = activity === 'settling' || activity === 'training';
    return runs && speed !== null && speed <= SLOW_MOTION ? speed : null;
  });
  const [phase, setPhase] = useState<Phase>('all');
  useEffect(() => {
    if (slow === null) return;
    const third = 1000 / slow / PARTS.length;
    const timer = setInterval(() => {
      const part = Math.floor((performance.now() - episode.arrived) / third);
      setPhase(PARTS[Math.min(part, PARTS.length - 1)] ?? 'all');
    }, third / 2);
    return () => {
      clearInterval(timer);
      setPhase('all');
    };
  }, [slow, episode]);
  return phase;
}
