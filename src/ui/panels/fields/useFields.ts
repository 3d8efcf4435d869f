import { useMemo } from 'react';
import type { FieldsReport } from '../../../protocol/reports.ts';
import { useApp, useAppState } from '../../parts/context.ts';
import { useLooking } from '../../parts/useLooking.ts';

/** How often a panel that shows fields looks whether they are stale (ms). */
const INTERVAL = 600;

/** The receptive fields of a layer, kept up to date while they are on show; null until they are there. */
export function useFields(layer: number | null): FieldsReport | null {
  const { actions } = useApp();
  const ready = useAppState((s) => s.model !== null);
  const look = useMemo(
    () => (layer === null || layer < 1 || !ready ? null : () => actions.refreshFields(layer)),
    [actions, layer, ready],
  );
  useLooking(look, INTERVAL);
  return useAppState((s) => (layer === null ? null : (s.fields.get(layer) ?? null)));
}
