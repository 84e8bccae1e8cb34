import type { ReactNode } from "react";
import { useEffect } from "react";

interface PageTitleProps {
  title: string;
  above?: ReactNode;
  beside?: ReactNode;
  children?: ReactNode;
}

/** The heading of a page, also in the browser's tab; `children` are its buttons. */
export function PageTitle({ title, above, beside, children }: PageTitleProps) {
  useEffect(() => {
    document.title = title === "" ? "Formwright" : `${title} · Formwright`;
  }, [title]);
  return (
    <header className="page-title">
      <div className="page-title-text">
        {above !== undefined && <div className="quiet">{above}</div>}
        <div className="row wrap">
          <h1>{title}</h1>
          {beside}
        </div>
      </div>
      {children !== undefined && <div className="row wrap">{children}</div>}
    </header>
  );
}
