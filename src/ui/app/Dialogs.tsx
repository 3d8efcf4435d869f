import { DataDialog } from '../data/DataDialog.tsx';
import { PreviewDialog } from '../data/PreviewDialog.tsx';
import { SettingsDrawer } from '../network/SettingsDrawer.tsx';
import { RunsBesideDialog } from '../panels/runs/beside/RunsBesideDialog.tsx';
import { BenchDialog } from '../run/BenchDialog.tsx';
import { HelpDialog } from './HelpDialog.tsx';
import { ShareDialog } from './ShareDialog.tsx';

/** What opens over the page. */
export function Dialogs() {
  return (
    <>
      <SettingsDrawer />
      <HelpDialog />
      <BenchDialog />
      <ShareDialog />
      <RunsBesideDialog />
      <DataDialog />
      <PreviewDialog />
    </>
  );
}
