import common from '../parts/common.module.css';
import { classes } from '../parts/classes.ts';
import { useAppState } from '../parts/context.ts';
import { duration, fixed } from '../parts/format.ts';
import { networkTitle } from '../network/networkTitle.ts';
import { Explained, Formula } from '../parts/Formula.tsx';
import { ProgressBar } from '../parts/ProgressBar.tsx';
import { StopConditions } from './StopConditions.tsx';
import { training as words } from './words.ts';
import styles from './TrainPanel.module.css';

/** How training stands: all the numbers, and how far the epoch is. */
export function TrainPanel() {
  const training = useAppState((s) => s.training);
  const model = useAppState((s) => s.model);
  const fraction =
    training === null || training.imagesPerEpoch === 0
      ? 0
      : training.imagesInEpoch / training.imagesPerEpoch;
  const tested = training?.measured ?? null;
  const left = training?.secondsLeftInEpoch ?? null;
  const percent = `${Math.floor(100 * fraction)} %`;
  const seen = training?.imagesSeen ?? model?.imagesSeen ?? 0;
  return (
    <section className={styles.panel} aria-label={words.heading}>
      <div className={common.sectionHead}>
        <h2>{words.heading}</h2>
        <span className={classes(common.soft, common.small)}>{model && networkTitle(model)}</span>
      </div>
      <ProgressBar label={words.progress} fraction={fraction} />
      <p className={styles.progress}>
        <b>{percent}</b>{' '}
        <span>
          {left !== null ? words.left(duration(left)) : seen === 0 ? words.notStarted : ''}
        </span>
      </p>
      <dl className={styles.numbers}>
        <TrainingNumber
          id="metric-bce"
          name={words.bce}
          unit={words.nats}
          note={model === null ? '' : words.learntFrom(model.config)}
          large
        >
          {fixed(training?.trainBce)}
        </TrainingNumber>
        <TrainingNumber
          id="metric-validation-bce"
          name={words.validationBce}
          unit={words.nats}
          note={tested === null ? '' : words.testedAt(tested.at, tested.images)}
          large
        >
          {fixed(training?.validationBce)}
        </TrainingNumber>
        <TrainingNumber id="metric-epoch" name={words.epoch}>
          {String(training?.epoch ?? 0)}
        </TrainingNumber>
        <TrainingNumber id="metric-images" name={words.images}>
          {String(seen)}
        </TrainingNumber>
        <TrainingNumber id="metric-images-per-second" name={words.rate}>
          {fixed(training?.imagesPerSecond, (training?.imagesPerSecond ?? 0) < 10 ? 1 : 0)}
        </TrainingNumber>
      </dl>
      <StopConditions />
      <Autosave />
      <p className={common.hint}>
        {words.about}{' '}
        <span className={styles.equation}>
          <Formula>{words.equation}</Formula>
        </span>
      </p>
    </section>
  );
}

interface TrainingNumberProps {
  id: string;
  name: string;
  unit?: string;
  large?: boolean;
  /** When and on what it was measured. */
  note?: string;
  children: string;
}

function TrainingNumber({
  id,
  name,
  unit,
  note = '',
  large = false,
  children,
}: TrainingNumberProps) {
  return (
    <div className={large ? styles.large : undefined}>
      <dt>{name}</dt>
      <dd>
        <span data-testid={id}>{children}</span>
        {unit !== undefined && (
          <small>
            <Explained>{unit}</Explained>
          </small>
        )}
        {note !== '' && <span className={styles.note}>{note}</span>}
      </dd>
    </div>
  );
}

/** Whether what is learnt is kept, and up to where. */
function Autosave() {
  const { card, refused } = useAppState((s) => s.autosave);
  const lasting = useAppState((s) => s.runsLast);
  const kept = card === null ? '' : words.kept(card.imagesSeen);
  const says = refused !== null ? words.notKept(refused) : lasting ? kept : words.keptBriefly;
  return (
    <p role="status" aria-label={words.autosave} className={common.hint}>
      {says}
    </p>
  );
}
