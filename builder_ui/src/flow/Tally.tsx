// How several people decide at a node, and how far they are.
import { useTranslation } from "react-i18next";
import type { CurrentNode } from "../api/types";
import { useDirectory } from "../people/directory";

export function Tally({ node }: { node: CurrentNode }) {
  const { t } = useTranslation();
  const directory = useDirectory();
  const { tally } = node;
  if (tally === null) return null;
  const { mode, collect, percent, needed, voters, approved, rejected } = tally;
  // where everybody is waited for, one approval of any is a number like others
  const isKnown =
    (mode === "any" && collect === "early") || mode === "all" || mode === "sequential" || mode === "percent";
  const said = [
    t(`flow.tally.${isKnown ? mode : "count"}`, { percent: percent ?? 0, needed, voters }),
    t("flow.tally.soFar", { approved, rejected }),
  ];
  if (collect === "all") said.push(t("flow.tally.waitsForAll"));
  const names = tally.veto_ids.map(directory.memberName).join(", ");
  if (names !== "") said.push(t("flow.tally.veto", { names }));
  return <div className="quiet">{said.join(" · ")}</div>;
}
