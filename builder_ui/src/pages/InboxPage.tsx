import { Button, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useParams } from "react-router";
import { type InboxOrder, useInbox } from "../api/inbox";
import type { Box } from "../api/types";
import { InboxCard } from "../inbox/InboxCard";
import { InboxTable } from "../inbox/InboxTable";
import { PageTitle } from "../ui/PageTitle";
import { SearchBox } from "../ui/SearchBox";
import { Nothing, pendingOrFailed } from "../ui/states";
import { useIsPhone } from "../ui/useIsPhone";

const boxes: readonly string[] = ["todo", "started", "handled", "copied"] satisfies Box[];

function isBox(name: string | undefined): name is Box {
  return name !== undefined && boxes.includes(name);
}

export default function InboxPage() {
  const { box } = useParams();
  return isBox(box) ? <BoxPage key={box} box={box} /> : <Navigate to="/inbox/todo" replace />;
}

function BoxPage({ box }: { box: Box }) {
  const { t } = useTranslation();
  const [q, setQ] = useState("");
  const [order, setOrder] = useState<InboxOrder>("latest");
  return (
    <>
      <PageTitle title={t(`inbox.boxes.${box}`)}>
        {box === "todo" && (
          <Segmented
            aria-label={t("inbox.order")}
            value={order}
            onChange={setOrder}
            options={[
              { value: "latest", label: t("inbox.latestFirst") },
              { value: "due", label: t("inbox.dueFirst") },
            ]}
          />
        )}
        <SearchBox label={t("inbox.search")} onSearch={setQ} />
      </PageTitle>
      <BoxList box={box} q={q} order={order} />
    </>
  );
}

interface BoxListProps {
  box: Box;
  q: string;
  order: InboxOrder;
}

function BoxList({ box, q, order }: BoxListProps) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const inbox = useInbox(box, { q, order });
  const waiting = pendingOrFailed(inbox);
  if (waiting !== null) return waiting;
  const items = inbox.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0) {
    return (
      <div className="surface">
        {q === "" ? (
          <Nothing title={t(`inbox.empty.${box}`)} hint={t(`inbox.emptyHint.${box}`)} />
        ) : (
          <Nothing title={t("inbox.noMatch", { q })} />
        )}
      </div>
    );
  }
  return (
    <>
      {isPhone ? (
        <ul className="stack">
          {items.map((item) => (
            <li key={item.id}>
              <InboxCard item={item} box={box} />
            </li>
          ))}
        </ul>
      ) : (
        <InboxTable items={items} box={box} />
      )}
      {inbox.hasNextPage && (
        <div className="more">
          <Button loading={inbox.isFetchingNextPage} onClick={() => void inbox.fetchNextPage()}>
            {t("common.loadMore")}
          </Button>
        </div>
      )}
    </>
  );
}
