// The three states besides "here it is": loading, nothing there, and failed.

import { Alert, Button, Empty, Skeleton } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ApiError } from "../api/client";
import { useErrorText } from "./errorText";
import { ReloadOutlined } from "./icons";

export function Loading({ rows = 4 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <output className="surface padded loading" aria-label={t("common.loading")}>
      <Skeleton active title={false} paragraph={{ rows }} />
    </output>
  );
}

interface NothingParts {
  title: string;
  hint?: string;
  /** Whether it is all there is on the page: then the title is the page's heading. */
  isPage?: boolean;
  children?: ReactNode;
}

export function Nothing({ title, hint, isPage = false, children }: NothingParts) {
  const Title = isPage ? "h1" : "div";
  return (
    <Empty
      className="nothing"
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <>
          <Title className="nothing-title">{title}</Title>
          {hint !== undefined && <div className="quiet">{hint}</div>}
        </>
      }
    >
      {children}
    </Empty>
  );
}

/** What went wrong, the number under which the operator finds it, and a way to try again. */
export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const { message, requestId } = useErrorText()(error);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={message}
      description={requestId === "" ? undefined : t("common.requestId", { id: requestId })}
      action={
        onRetry && (
          <Button size="small" icon={<ReloadOutlined />} onClick={onRetry}>
            {t("common.retry")}
          </Button>
        )
      }
    />
  );
}

const GONE = 404;

/** Trying again seldom brings it back: the way home besides. */
function NotThere({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  const { t } = useTranslation();
  const { message, requestId } = useErrorText()(error);
  return (
    <div className="surface" role="alert">
      <Nothing title={message} hint={t("common.notFoundHint")} isPage>
        <div className="row wrap centred">
          <Link to="/">{t("common.toHome")}</Link>
          <Button size="small" icon={<ReloadOutlined />} onClick={onRetry}>
            {t("common.retry")}
          </Button>
        </div>
        {requestId !== "" && <p className="quiet">{t("common.requestId", { id: requestId })}</p>}
      </Nothing>
    </div>
  );
}

interface Asked {
  isPending: boolean;
  isError: boolean;
  error: unknown;
  refetch: () => unknown;
}

/** Loading or failed for a query, else null. */
export function pendingOrFailed(query: Asked, rows?: number): ReactNode {
  if (query.isPending) return rows === undefined ? <Loading /> : <Loading rows={rows} />;
  if (query.isError && query.error instanceof ApiError && query.error.status === GONE) {
    return <NotThere error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  return null;
}
