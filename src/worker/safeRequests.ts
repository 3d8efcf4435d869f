import type { FieldsOf } from '../protocol/messages.ts';
import type { SafeHave, SafeNetwork, SafeRequest } from '../protocol/safe.ts';
import { SAFE_ROLES } from '../protocol/safe.ts';
import type { Answers } from './answer.ts';
import { instance, list, oneOf, orNull, record, text, whole, yesOrNo } from '../shared/checks.ts';

/** More networks are never at hand: of each variant two, and one that was put aside. */
const MOST = 20;
const count = whole(0, Number.MAX_SAFE_INTEGER);
const stamp = text(10_000);
const file = instance(ArrayBuffer, 'the bytes of a file');

/** What an engine that may die is asked for, and what the next one is given. */
export const SAFE_ANSWERS: Answers<SafeRequest['type']> = {
  keepSafe: {
    check: record<FieldsOf<'keepSafe'>>({
      have: list(record<SafeHave>({ id: count, stamp }), MOST),
      now: yesOrNo,
    }),
    run: ({ safekeeping }, { have, now }) => safekeeping.keep(have, now),
  },
  restore: {
    check: record<FieldsOf<'restore'>>({
      networks: list(
        record<SafeNetwork>({
          ...{ id: count, stamp, role: oneOf(SAFE_ROLES), active: yesOrNo, title: text(1000) },
          ...{ version: count, savedVersion: count, updatesBefore: count, bytes: file },
          origin: orNull(
            record<NonNullable<SafeNetwork['origin']>>({ name: text(1000), bytes: file }),
          ),
        }),
        MOST,
      ),
    }),
    async run(bench, { networks }) {
      await bench.datasets.arrived();
      return bench.changeNetwork(() => bench.safekeeping.restore(networks));
    },
  },
  ping: { check: record<object>({}), run: () => null },
};
