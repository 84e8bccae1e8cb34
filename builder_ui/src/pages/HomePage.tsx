import { Button, Card } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { useApps } from "../api/apps";
import { useInbox } from "../api/inbox";
import type { AppBrief, MenuItem } from "../api/types";
import { useSession } from "../app/session";
import { useLabel } from "../i18n/label";
import { InboxCard } from "../inbox/InboxCard";
import { AppIcon } from "../ui/AppIcon";
import { PlusOutlined, RightOutlined, TableOutlined } from "../ui/icons";
import { PageTitle } from "../ui/PageTitle";
import { Nothing, pendingOrFailed } from "../ui/states";

const SHOWN = 6;

export default function HomePage() {
  const { t } = useTranslation();
  const label = useLabel();
  const { member } = useSession();
  return (
    <>
      <PageTitle title={t("home.greeting", { name: label(member.name) })} />
      <TodoSection />
      <AppsSection />
    </>
  );
}

function TodoSection() {
  const { t } = useTranslation();
  const inbox = useInbox("todo", { limit: SHOWN });
  const items = inbox.data?.pages[0]?.items ?? [];
  return (
    <section aria-labelledby="home-todo">
      <div className="section-title">
        <h2 id="home-todo">{t("home.todo")}</h2>
        <Link to="/inbox/todo">
          {t("home.allTodo")} <RightOutlined />
        </Link>
      </div>
      {pendingOrFailed(inbox, 3) ??
        (items.length === 0 ? (
          <div className="surface">
            <Nothing title={t("home.nothingTodo")} hint={t("home.nothingTodoHint")} />
          </div>
        ) : (
          <ul className="cards">
            {items.map((item) => (
              <li key={item.id}>
                <InboxCard item={item} box="todo" />
              </li>
            ))}
          </ul>
        ))}
    </section>
  );
}

function AppsSection() {
  const { t } = useTranslation();
  const apps = useApps();
  return (
    <section aria-labelledby="home-apps">
      <div className="section-title">
        <h2 id="home-apps">{t("home.apps")}</h2>
      </div>
      {pendingOrFailed(apps, 3) ??
        (apps.data?.items.length === 0 ? (
          <div className="surface">
            <Nothing title={t("home.noApps")} hint={t("home.noAppsHint")} />
          </div>
        ) : (
          <ul className="cards">
            {apps.data?.items.map((app) => (
              <li key={app.key}>
                <AppCard app={app} />
              </li>
            ))}
          </ul>
        ))}
    </section>
  );
}

function AppCard({ app }: { app: AppBrief }) {
  const label = useLabel();
  const items = app.menu.flatMap((group) => group.items);
  return (
    <Card className="app-card" size="small">
      <div className="row">
        <AppIcon icon={app.icon} />
        <h3>{label(app.title)}</h3>
      </div>
      <div className="row wrap">
        {items.map((item) => (
          <MenuButton key={item.form ?? item.view} app={app.key} item={item} />
        ))}
      </div>
    </Card>
  );
}

function MenuButton({ app, item }: { app: string; item: MenuItem }) {
  const { t } = useTranslation();
  const title = useLabel()(item.title);
  const navigate = useNavigate();
  if (!item.form) {
    return (
      <Button icon={<TableOutlined />} onClick={() => void navigate(`/apps/${app}/views/${item.view}`)}>
        {title}
      </Button>
    );
  }
  return (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate(`/apps/${app}/forms/${item.form}`)}>
      {t("home.new", { form: title })}
    </Button>
  );
}
