import type { ReactNode } from "react";
import { useEffect, useRef } from "react";
import { useLocation } from "react-router";

interface PageTitleProps {
  title: string;
  above?: ReactNode;
  beside?: ReactNode;
  children?: ReactNode;
}

let shownPath: string | null = null;

/** Whoever went to another page begins reading it at its heading; who only opened the first one is left alone. */
function useFocusOnArrival() {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    if (shownPath !== null && shownPath !== pathname) heading.current?.focus({ preventScroll: true });
    shownPath = pathname;
  }, [pathname]);
  return heading;
}

/** The heading of a page, also in the browser's tab; `children` are its buttons. */
export function PageTitle({ title, above, beside, children }: PageTitleProps) {
  useEffect(() => {
    document.title = title === "" ? "Formwright" : `${title} · Formwright`;
  }, [title]);
  const heading = useFocusOnArrival();
  return (
    <header className="page-title">
      <div className="page-title-text">
        {above !== undefined && <div className="quiet">{above}</div>}
        <div className="row wrap">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {beside}
        </div>
      </div>
      {children !== undefined && <div className="row wrap">{children}</div>}
    </header>
  );
}
