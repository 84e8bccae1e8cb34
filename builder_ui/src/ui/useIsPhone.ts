import { Grid } from "antd";

/** Narrower than a tablet: lists become cards, the sidebar a drawer. */
export function useIsPhone(): boolean {
  return Grid.useBreakpoint().md === false;
}
