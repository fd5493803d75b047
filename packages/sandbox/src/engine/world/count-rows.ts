/**
 * Says in a list inside of an object how long it is, as Stripe does though the SDK does not declare it; call it
 * after every change of the rows.
 */
export const countRows = (list: { data: readonly unknown[] }): void => {
  Object.assign(list, { total_count: list.data.length });
};
