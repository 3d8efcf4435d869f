import type { FieldsOf, RequestType, Results } from '../protocol/messages.ts';
import type { Check } from '../shared/checks.ts';
import type { Workbench } from './workbench.ts';

/** How a request is answered: what it may hold, and what is then done. */
export interface Answer<T extends RequestType> {
  readonly check: Check<FieldsOf<T>>;
  run(bench: Workbench, fields: FieldsOf<T>): Results[T] | Promise<Results[T]>;
}

/** How some requests are answered. */
export type Answers<T extends RequestType> = { readonly [K in T]: Answer<K> };
