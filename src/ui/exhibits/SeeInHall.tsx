import { exhibitOf } from '../../exhibits/exhibits.ts';
import { EXPLAINS } from './explains.ts';
import { HallLink } from './HallLink.tsx';
import { hall as words } from './words.ts';

/** The way to the exhibit that shows what a symbol is about, where there is one. */
export function SeeInHall({
  of,
  className,
}: {
  of: keyof typeof EXPLAINS;
  className?: string | undefined;
}) {
  const id = EXPLAINS[of];
  if (id === undefined) return null;
  return (
    <HallLink to={id} className={className}>
      {words.see(exhibitOf(id).title)}
    </HallLink>
  );
}
