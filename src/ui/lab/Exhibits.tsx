import type { Experiment } from '../../experiments/experiment.ts';
import type { Known, Place } from '../../experiments/layers.ts';
import type { CellResult } from '../../experiments/result.ts';
import { resultsAt } from '../../experiments/summary.ts';
import { Pictures } from './Pictures.tsx';
import { exhibits as words } from './words.ts';
import styles from './Exhibits.module.css';

interface ExhibitsProps {
  experiment: Experiment;
  place: Place;
  known: Known;
}

const COMPLETED = 'completed.';
/** Digits of a line: so many that each can be made out. */
const IN_LINE = 6;

/** The ways a result fills in what is hidden. */
const rulesOf = ({ arrays }: CellResult) =>
  Object.keys(arrays).filter((name) => name.startsWith(COMPLETED));

/** The first result of a place that keeps pictures: the reader's own, else ours. */
function picturedAt({ shipped, own }: Known, place: Place): CellResult | undefined {
  return [...resultsAt(own, place), ...resultsAt(shipped, place)].find(
    ({ arrays }) => Object.keys(arrays).length > 0,
  );
}

/** What a model makes of test digits, beside what the others make of the same ones; and what it draws by itself. */
export function Exhibits({ experiment, place, known }: ExhibitsProps) {
  const result = picturedAt(known, place);
  if (!result) return null;
  const { examples, reconstructed, masked, samples } = result.arrays;
  const others = experiment.rows.flatMap(({ key, title }) => {
    const other = key === place.row ? undefined : picturedAt(known, { ...place, row: key });
    const [rule] = other ? rulesOf(other) : [];
    const stored = rule === undefined ? undefined : other?.arrays[rule];
    return rule !== undefined && stored ? [{ title, rule, stored }] : [];
  });
  const named = (rule: string) => rule.slice(COMPLETED.length);
  return (
    <div className={styles.exhibits}>
      {examples && (
        <section>
          <h3>{words.completions}</h3>
          <dl>
            <Line name={words.seen} stored={examples} />
            {masked && <Line name={words.masked} stored={masked} />}
            {rulesOf(result).map((rule) => (
              <Line
                key={rule}
                name={words.rule(named(rule))}
                stored={result.arrays[rule]!}
                imagined
              />
            ))}
            {reconstructed && <Line name={words.reconstructed} stored={reconstructed} imagined />}
          </dl>
        </section>
      )}
      {others.length > 0 && (
        <section>
          <h3>{words.others}</h3>
          <dl>
            {others.map(({ title, rule, stored }) => (
              <Line key={title} name={`${title}, ${named(rule)}`} stored={stored} imagined />
            ))}
          </dl>
        </section>
      )}
      {samples && (
        <section>
          <h3>{words.samples}</h3>
          <Pictures label={words.samples} stored={samples} columns={10} imagined />
        </section>
      )}
    </div>
  );
}

interface LineProps {
  name: string;
  stored: Parameters<typeof Pictures>[0]['stored'];
  imagined?: boolean;
}

function Line({ name, stored, imagined = false }: LineProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Pictures label={name} stored={stored} first={IN_LINE} imagined={imagined} />
      </dd>
    </div>
  );
}
