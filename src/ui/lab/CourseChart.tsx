import { useMemo, useRef } from 'react';
import type { Curve } from '../../experiments/result.ts';
import { coursePicture } from '../../viz/lab/course.ts';
import { figureLook } from '../../viz/lab/look.ts';
import { useLook } from '../parts/theme.ts';
import { SvgView } from '../parts/SvgView.tsx';
import { useSize } from '../parts/useSize.ts';
import styles from './CourseChart.module.css';

interface CourseChartProps {
  title: string;
  courses: readonly { readonly curve: Curve | null; readonly own: boolean }[];
}

/** How trainings went: loss of the batches and of the validation images. */
export function CourseChart({ title, courses }: CourseChartProps) {
  const { kind, colours, font } = useLook();
  const room = useRef<HTMLDivElement>(null);
  const size = useSize(room);
  const picture = useMemo(
    () => size && coursePicture(title, courses, size, figureLook(kind, colours, font)),
    [title, courses, size, kind, colours, font],
  );
  const any = courses.some(({ curve }) => curve !== null && curve.images.length > 0);
  return (
    <div ref={room} className={styles.room} hidden={!any}>
      {picture && <SvgView picture={picture} />}
    </div>
  );
}
