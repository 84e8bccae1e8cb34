import { Input } from "antd";
import { useEffect, useState } from "react";
import { SearchOutlined } from "./icons";
import { useLatest } from "./useLatest";

const PAUSE = 300;

/** Searches a moment after the last key. */
export function SearchBox({ label, onSearch }: { label: string; onSearch: (words: string) => void }) {
  const [text, setText] = useState("");
  const search = useLatest(onSearch);
  useEffect(() => {
    const timer = setTimeout(() => search.current(text.trim()), PAUSE);
    return () => clearTimeout(timer);
  }, [text, search]);
  return (
    <Input
      type="search"
      className="search"
      prefix={<SearchOutlined />}
      placeholder={label}
      aria-label={label}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}
