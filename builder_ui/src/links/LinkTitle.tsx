// A linked record by its title: as text where something around it is a link already, else leading to its page.
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useNamedChoice, useNamedChoices } from "../api/choices";
import type { EntityPlace } from "../api/records";
import { useLinksPlace } from "./place";

/** What stands for a record: its title, or what is said of one that is gone or not to be read. */
export function useTitleText(): (title: string | undefined) => string {
  const { t } = useTranslation();
  return (title) => (title === undefined ? t("fields.recordHidden") : title || t("inbox.untitled"));
}

/** Asks nothing: lists and histories bring the titles of all that may be read. */
export function LinkTitle({ id }: { id: string }) {
  const { titles } = useLinksPlace();
  const text = useTitleText();
  return <span className={titles[id] === undefined ? "quiet" : ""}>{text(titles[id])}</span>;
}

function addressOf({ app, entity }: EntityPlace, id: string): string {
  return `/apps/${app}/entities/${entity}/records/${id}`;
}

export function RecordLink({ target, id }: { target: EntityPlace; id: string }) {
  const { titles } = useLinksPlace();
  const text = useTitleText();
  const known = titles[id];
  const named = useNamedChoice(target, known === undefined ? id : null);
  const title = known ?? named.data?.title;
  if (title === undefined) return named.isFetching ? null : <span className="quiet">{text(undefined)}</span>;
  return <Link to={addressOf(target, id)}>{text(title)}</Link>;
}

/** Several linked records side by side; those that are gone or not to be read are not left out. */
export function RecordLinks({ target, ids }: { target: EntityPlace; ids: readonly string[] }) {
  const { titles } = useLinksPlace();
  const text = useTitleText();
  const unknown = ids.filter((id) => titles[id] === undefined);
  const named = useNamedChoices(target, unknown);
  const title = (id: string) => titles[id] ?? named.data?.items.find((item) => item.id === id)?.title;
  return (
    <ul className="row wrap">
      {ids.map((id) => (
        <li key={id}>
          <Tag>
            {title(id) === undefined ? (
              <span className="quiet">{named.isFetching ? "…" : text(undefined)}</span>
            ) : (
              <Link to={addressOf(target, id)}>{text(title(id))}</Link>
            )}
          </Tag>
        </li>
      ))}
    </ul>
  );
}

/** As `LinkTitle`, for all that a link holds. */
export function LinkTitles({ ids, isList }: { ids: readonly string[]; isList: boolean }) {
  const [only, ...more] = ids;
  if (!isList && more.length === 0) return only === undefined ? null : <LinkTitle id={only} />;
  return (
    <span className="row wrap">
      {ids.map((id) => (
        <Tag key={id}>
          <LinkTitle id={id} />
        </Tag>
      ))}
    </span>
  );
}
